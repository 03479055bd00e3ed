// WebP by libwebp.
#include "library.h"

int image_decode_webp(void *library, const uint8_t *bytes, size_t count, struct image_sink *sink) {
  FUNCTION(int, WebPGetInfo, const uint8_t *, size_t, int *, int *);
  FUNCTION(uint8_t *, WebPDecodeRGBInto, const uint8_t *, size_t, uint8_t *, size_t, int);
  int width = 0, height = 0;
  if (!WebPGetInfo(bytes, count, &width, &height)) return image_fail(sink, "its header is damaged");
  uint8_t *place = sink->allocate(sink->context, (uint32_t)width, (uint32_t)height, 3);
  if (!place) return 0;
  size_t row = 3 * (size_t)width;
  return WebPDecodeRGBInto(bytes, count, place, row * (size_t)height, (int)row)
             ? 1
             : image_fail(sink, "its data are damaged or end too early");
}
