#include "arena.h"

#include <stdlib.h>

struct touchstone_block {
  struct touchstone_block *next;
  size_t size;
  _Alignas(16) unsigned char data[];
};

enum { ALIGNMENT = 16, BLOCK = 1 << 18 };

static void *allocate(void *data, size_t size) {
  touchstone_arena *arena = data;
  if (size > arena->budget - arena->used) return NULL;
  size = size == 0 ? ALIGNMENT : (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
  if (size > arena->budget - arena->used) return NULL;
  if (size > arena->left_in_block) {
    size_t block_size = size > BLOCK ? size : BLOCK;
    struct touchstone_block *block = malloc(sizeof *block + block_size);
    if (!block) return NULL;
    block->size = block_size;
    if (size > BLOCK && arena->blocks) {
      /* A large allocation gets a block of its own behind the current one, whose rest stays usable. */
      block->next = arena->blocks->next;
      arena->blocks->next = block;
      arena->used += size;
      return block->data;
    }
    block->next = arena->blocks;
    arena->blocks = block;
    arena->left_in_block = block_size;
  }
  void *result = arena->blocks->data + (arena->blocks->size - arena->left_in_block);
  arena->left_in_block -= size;
  arena->used += size;
  return result;
}

static void release(void *data, void *pointer) {
  (void)data;
  (void)pointer;
}

void touchstone_arena_init(touchstone_arena *arena, size_t budget) {
  arena->allocator.alloc = allocate;
  arena->allocator.free = release;
  arena->allocator.allocator_data = arena;
  arena->blocks = NULL;
  arena->left_in_block = 0;
  arena->used = 0;
  /* Far from SIZE_MAX, so that rounding sizes up cannot wrap. */
  arena->budget = budget > SIZE_MAX / 4 ? SIZE_MAX / 4 : budget;
}

void touchstone_arena_free(touchstone_arena *arena) {
  struct touchstone_block *block = arena->blocks;
  while (block) {
    struct touchstone_block *next = block->next;
    free(block);
    block = next;
  }
  arena->blocks = NULL;
  arena->left_in_block = 0;
}

const ProtobufCMessage *touchstone_unpack(
    touchstone_arena *arena, const ProtobufCMessageDescriptor *descriptor, const uint8_t *bytes,
    size_t length) {
  return protobuf_c_message_unpack(descriptor, &arena->allocator, length, bytes);
}

const ProtobufCMessageDescriptor *touchstone_model_descriptor(void) {
  return &touchstone__model_proto__descriptor;
}
const ProtobufCMessageDescriptor *touchstone_tensor_descriptor(void) {
  return &touchstone__tensor_proto__descriptor;
}
const ProtobufCMessageDescriptor *touchstone_sparse_tensor_descriptor(void) {
  return &touchstone__sparse_tensor_proto__descriptor;
}
const ProtobufCMessageDescriptor *touchstone_sequence_descriptor(void) {
  return &touchstone__sequence_proto__descriptor;
}
const ProtobufCMessageDescriptor *touchstone_map_descriptor(void) {
  return &touchstone__map_proto__descriptor;
}
const ProtobufCMessageDescriptor *touchstone_optional_descriptor(void) {
  return &touchstone__optional_proto__descriptor;
}
const ProtobufCMessageDescriptor *touchstone_type_descriptor(void) {
  return &touchstone__type_proto__descriptor;
}
