// Instructions that Swift's vectors cannot express, one function each, where the compiler may use them.
#ifndef TOUCHSTONE_CVECTORS_H
#define TOUCHSTONE_CVECTORS_H

#include <stdint.h>

typedef int32_t TSInt32x8 __attribute__((ext_vector_type(8)));

#if defined(__AVX2__)
#include <immintrin.h>

/// Of each lane's two signed halves the products with those of the other lane, added up.
static inline __attribute__((always_inline)) TSInt32x8 touchstone_multiply_pairs(TSInt32x8 a, TSInt32x8 b) {
  return (TSInt32x8)_mm256_madd_epi16((__m256i)a, (__m256i)b);
}
#endif

#endif
