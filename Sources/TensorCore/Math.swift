// The mathematical functions of the C library (exp, sin, erf, …) come with this module, so that an operator's
// file need not know which library the platform has.
#if canImport(Glibc)
  @_exported import Glibc
#else
  @_exported import Darwin
#endif
