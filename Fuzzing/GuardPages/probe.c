// probe KIND STEP: takes elements as tensors or scratch do, and touches one beyond them; none where STEP is 0.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  const int count = 1001, step = atoi(argv[2]);
  void *address = NULL;
  if (strcmp(argv[1], "tensor") == 0) {
    if (posix_memalign(&address, 64, count * sizeof(float))) return 2;
  } else {
    // Scratch is aligned to 16, and so must be its size for its end to be the page's.
    address = malloc((count + 3) / 4 * 4 * sizeof(float));
  }
  volatile float *elements = address;
  const int end = strcmp(argv[1], "tensor") == 0 ? count : (count + 3) / 4 * 4;
  for (int i = 0; i < end; i++) elements[i] = (float)i;
  if (step > 0) elements[end - 1 + step] = 1;
  if (step < 0) elements[step] = 1;
  free(address);
  puts("held");
  return 0;
}
