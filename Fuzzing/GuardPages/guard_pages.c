// An allocator to be preloaded, which puts every large or strictly aligned allocation, and so all elements of
// tensors and all scratch of kernels, against a page that nobody may touch: an access out of bounds ends the
// process at once.
//
// GUARD_SIDE=after puts the end of an allocation against such a page, GUARD_SIDE=before its beginning. Freed pages
// may not be touched either until their addresses are used again, which is as late as possible.
//
// Tensors end at a multiple of 4 bytes, though they ask for an alignment of 64, so that nothing lies between:
// elements may lie anywhere, and kernels must read and write unaligned. Swift's objects need their alignment of 16.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { PAGE = 4096, SMALLEST = 512, ELEMENT_ALIGNMENT = 4, OBJECT_ALIGNMENT = 16 };
static const size_t arena_size = (size_t)4 << 30;
static const size_t page_count = arena_size / PAGE;
/* Each allocation splits a mapping, of which Linux allows 65,530. */
static const size_t most_allocations = 25000;

static char *arena;
/* By page: the requested size + 1 where an allocation begins, or TAKEN within it. */
static size_t *sizes;
static const size_t TAKEN = SIZE_MAX;
static size_t next_page, allocation_count;
static int guards_beginning;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static unsigned long long guarded_total;

static size_t (*plain_usable_size)(void *);

/* The system's own functions, for what comes before and for what is small. */
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);
extern void __libc_free(void *);

__attribute__((constructor)) static void begin(void) {
  plain_usable_size = (size_t(*)(void *))dlsym(RTLD_NEXT, "malloc_usable_size");
  const char *side = getenv("GUARD_SIDE");
  guards_beginning = side && strcmp(side, "before") == 0;
  size_t *table = mmap(NULL, page_count * sizeof *sizes, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  char *pages = mmap(NULL, arena_size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (table == MAP_FAILED || pages == MAP_FAILED) return;
  sizes = table;
  arena = pages;
}

__attribute__((destructor)) static void end(void) {
  if (getenv("GUARD_REPORT")) fprintf(stderr, "%llu allocations had guard pages\n", guarded_total);
}

static int is_guarded(const void *address) {
  return arena && (const char *)address >= arena && (const char *)address < arena + arena_size;
}

/* The first of `count` free pages, the last found longest ago; page_count where there are none. */
static size_t find_pages(size_t count) {
  size_t free_count = 0;
  for (size_t seen = 0; seen < page_count; seen++) {
    if (next_page + count > page_count) next_page = 0, free_count = 0;
    free_count = sizes[next_page] ? 0 : free_count + 1;
    next_page = (next_page + 1) % page_count;
    if (free_count == count) return next_page == 0 ? page_count - count : next_page - count;
  }
  return page_count;
}

static void *allocate(size_t size, size_t end_alignment) {
  size_t data_pages = (size + PAGE - 1) / PAGE, count = data_pages + 1;
  if (!arena || count > page_count / 4 || allocation_count >= most_allocations) return NULL;
  pthread_mutex_lock(&lock);
  size_t first = find_pages(count);
  if (first != page_count) {
    for (size_t page = 0; page < count; page++) sizes[first + page] = TAKEN;
    sizes[first] = size + 1;
    allocation_count++;
    guarded_total++;
  }
  pthread_mutex_unlock(&lock);
  if (first == page_count) return NULL;
  char *begin = arena + first * PAGE + (guards_beginning ? PAGE : 0);
  if (mprotect(begin, data_pages * PAGE, PROT_READ | PROT_WRITE)) abort();
  if (guards_beginning) return begin;
  return begin + data_pages * PAGE - (size + end_alignment - 1) / end_alignment * end_alignment;
}

/* The page in which the bookkeeping of an allocation stands. */
static size_t first_page(const void *address) {
  size_t page = ((const char *)address - arena) / PAGE;
  return guards_beginning ? page - 1 : page;
}

static size_t guarded_size(const void *address) { return sizes[first_page(address)] - 1; }

static void release(void *address) {
  size_t first = first_page(address), count = (guarded_size(address) + PAGE - 1) / PAGE + 1;
  mmap(arena + first * PAGE, count * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0);
  pthread_mutex_lock(&lock);
  for (size_t page = 0; page < count; page++) sizes[first + page] = 0;
  allocation_count--;
  pthread_mutex_unlock(&lock);
}

// MARK: - What the preloaded library replaces

void *malloc(size_t size) {
  void *address = size >= SMALLEST ? allocate(size, OBJECT_ALIGNMENT) : NULL;
  return address ? address : __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
  size_t total;
  if (__builtin_mul_overflow(count, size, &total)) return NULL;
  void *address = total >= SMALLEST ? allocate(total, OBJECT_ALIGNMENT) : NULL;
  return address ? address : __libc_calloc(count, size);
}

void *realloc(void *address, size_t size) {
  if (!is_guarded(address)) return __libc_realloc(address, size);
  void *moved = size ? malloc(size) : NULL;
  if (moved) memcpy(moved, address, size < guarded_size(address) ? size : guarded_size(address));
  if (moved || !size) release(address);
  return moved;
}

void free(void *address) {
  if (is_guarded(address)) {
    release(address);
  } else {
    __libc_free(address);
  }
}

void *memalign(size_t alignment, size_t size) {
  void *address = size && alignment <= PAGE ? allocate(size, ELEMENT_ALIGNMENT) : NULL;
  return address ? address : __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }

int posix_memalign(void **address, size_t alignment, size_t size) {
  *address = memalign(alignment, size);
  return *address ? 0 : ENOMEM;
}

size_t malloc_usable_size(void *address) {
  return is_guarded(address) ? guarded_size(address) : plain_usable_size(address);
}
