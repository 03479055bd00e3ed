// Instructions that Swift's vectors cannot express, one function each, where the compiler may use them.
#ifndef TOUCHSTONE_CVECTORS_H
#define TOUCHSTONE_CVECTORS_H

#include <stdint.h>

typedef int32_t TSInt32x8 __attribute__((ext_vector_type(8)));
typedef float TSFloat32x8 __attribute__((ext_vector_type(8)));

/// Says that the line at this address will be written soon.
static inline __attribute__((always_inline)) void touchstone_prefetch_for_writing(const float *address) {
  __builtin_prefetch(address, 1);
}

#if defined(__AVX2__)
#include <immintrin.h>

/// Of each lane's two signed halves the products with those of the other lane, added up.
static inline __attribute__((always_inline)) TSInt32x8 touchstone_multiply_pairs(TSInt32x8 a, TSInt32x8 b) {
  return (TSInt32x8)_mm256_madd_epi16((__m256i)a, (__m256i)b);
}

/// Eight bytes, widened.
static inline __attribute__((always_inline)) TSInt32x8 touchstone_load_int8(const int8_t *x) {
  return (TSInt32x8)_mm256_cvtepi8_epi32(_mm_loadl_epi64((const __m128i *)x));
}

static inline __attribute__((always_inline)) TSInt32x8 touchstone_load_uint8(const uint8_t *x) {
  return (TSInt32x8)_mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)x));
}

/// Integers as floats.
static inline __attribute__((always_inline)) TSFloat32x8 touchstone_floats(TSInt32x8 x) {
  return _mm256_cvtepi32_ps((__m256i)x);
}

/// Limited to low…high; NaN stays NaN, since of a pair with NaN the instructions give the second.
static inline __attribute__((always_inline)) TSFloat32x8 touchstone_limit(TSFloat32x8 x, float low, float high) {
  return _mm256_min_ps(_mm256_set1_ps(high), _mm256_max_ps(_mm256_set1_ps(low), x));
}
#endif

#endif
