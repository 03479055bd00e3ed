// JPEG by TurboJPEG's interface, which keeps libjpeg's longjmp to itself.
#include "library.h"

enum { COLORSPACE_GRAY = 2, COLORSPACE_CMYK = 3, COLORSPACE_YCCK = 4 };
enum { PIXELS_RGB = 0, PIXELS_GRAY = 6, PIXELS_CMYK = 11 };
enum { ACCURATE_DCT = 4096, STOP_ON_WARNING = 8192, LIMIT_SCANS = 32768 };

int image_decode_jpeg(void *library, const uint8_t *bytes, size_t count, struct image_sink *sink) {
  FUNCTION(void *, tjInitDecompress, void);
  FUNCTION(int, tjDecompressHeader3, void *, const uint8_t *, unsigned long, int *, int *, int *, int *);
  FUNCTION(int, tjDecompress2, void *, const uint8_t *, unsigned long, uint8_t *, int, int, int, int, int);
  FUNCTION(char *, tjGetErrorStr2, void *);
  FUNCTION(int, tjDestroy, void *);

  void *handle = tjInitDecompress();
  if (!handle) return image_fail(sink, "TurboJPEG does not start");
  int width = 0, height = 0, subsampling = -1, colorspace = -1, is_done = 0;
  // An unusual subsampling is an error of this function alone, which has found the rest by then.
  tjDecompressHeader3(handle, bytes, count, &width, &height, &subsampling, &colorspace);
  if (width < 1 || height < 1 || colorspace < 0) {
    image_fail(sink, tjGetErrorStr2(handle));
  } else {
    int is_gray = colorspace == COLORSPACE_GRAY;
    int is_cmyk = colorspace == COLORSPACE_CMYK || colorspace == COLORSPACE_YCCK;
    int channels = is_gray ? 1 : is_cmyk ? 4 : 3;
    int pixels = is_gray ? PIXELS_GRAY : is_cmyk ? PIXELS_CMYK : PIXELS_RGB;
    uint8_t *place = sink->allocate(sink->context, (uint32_t)width, (uint32_t)height, (uint32_t)channels);
    is_done = place && tjDecompress2(handle, bytes, count, place, width, width * channels, height, pixels,
                                     ACCURATE_DCT | STOP_ON_WARNING | LIMIT_SCANS) == 0;
    if (place && !is_done) image_fail(sink, tjGetErrorStr2(handle));
  }
  tjDestroy(handle);
  return is_done;
}
