// The few functions of OpenBLAS that Touchstone calls, declared here so that no include path is needed.
#ifndef TOUCHSTONE_COPENBLAS_H
#define TOUCHSTONE_COPENBLAS_H

enum { TSRowMajor = 101, TSNoTrans = 111, TSTrans = 112 };

void cblas_sgemm(int order, int transA, int transB, int M, int N, int K, float alpha, const float *A, int lda,
                 const float *B, int ldb, float beta, float *C, int ldc);
void cblas_dgemm(int order, int transA, int transB, int M, int N, int K, double alpha, const double *A, int lda,
                 const double *B, int ldb, double beta, double *C, int ldc);
void cblas_sgemv(int order, int transA, int M, int N, float alpha, const float *A, int lda, const float *X, int incX,
                 float beta, float *Y, int incY);
void openblas_set_num_threads(int count);

#endif
