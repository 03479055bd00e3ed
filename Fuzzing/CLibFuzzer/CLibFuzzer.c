// libFuzzer itself is linked by -sanitize=fuzzer.
#include "CLibFuzzer.h"

// What the library's own main would call, which is not used.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  (void)data;
  (void)size;
  return 0;
}
