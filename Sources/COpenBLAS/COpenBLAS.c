// OpenBLAS itself comes from the system; this file only makes the target one that SwiftPM builds.
#include "COpenBLAS.h"
