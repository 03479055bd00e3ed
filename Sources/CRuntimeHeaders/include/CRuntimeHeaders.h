// What Touchstone calls of other runtimes, declared by ourselves: their wheels bring no headers, and nothing
// of them is linked.
#ifndef TOUCHSTONE_CRUNTIMEHEADERS_H
#define TOUCHSTONE_CRUNTIMEHEADERS_H

#include <stddef.h>
#include <stdint.h>

// MARK: - ONNX Runtime
//
// Its functions stand in one table that only ever grows at its end, so that a function is known by its slot.
// The table is opaque here: an array of 400 members would become a tuple of 400 in Swift.

typedef struct OrtTable OrtTable;
typedef struct OrtEnv OrtEnv;
typedef struct OrtStatus OrtStatus;
typedef struct OrtSession OrtSession;
typedef struct OrtSessionOptions OrtSessionOptions;
typedef struct OrtRunOptions OrtRunOptions;
typedef struct OrtValue OrtValue;
typedef struct OrtMemoryInfo OrtMemoryInfo;
typedef struct OrtAllocator OrtAllocator;
typedef struct OrtTypeInfo OrtTypeInfo;
typedef struct OrtTensorInfo OrtTensorInfo;
typedef struct OrtSequenceInfo OrtSequenceInfo;
typedef struct OrtMapInfo OrtMapInfo;
typedef struct OrtCudaOptions OrtCudaOptions;
typedef struct OrtTensorRtOptions OrtTensorRtOptions;
typedef struct OrtDnnlOptions OrtDnnlOptions;
typedef struct OrtEpDevice OrtEpDevice;

/// What `OrtGetApiBase` returns.
typedef struct OrtBase {
  const OrtTable *_Nullable (*_Nonnull getApi)(uint32_t version);
  const char *_Nullable (*_Nonnull getVersion)(void);
} OrtBase;

typedef const OrtBase *_Nullable (*OrtGetApiBaseFunction)(void);

/// Hears what the runtime has to say. The reason why an execution provider does not load is said nowhere else.
typedef void (*OrtLogFunction)(void *_Nullable context, int32_t severity, const char *_Nullable category,
                               const char *_Nullable id, const char *_Nullable place,
                               const char *_Nullable message);

/// The options of the ROCm execution provider, which have no function that makes them.
typedef struct OrtRocmOptions {
  int32_t deviceId;
  int32_t searchesConvolutions;
  size_t memoryLimit;
  int32_t arenaStrategy;
  int32_t copiesInDefaultStream;
  int32_t hasUserStream;
  void *_Nullable userStream;
  void *_Nullable arena;
  int32_t usesGraphs;
  int32_t tunes;
  int32_t tuning;
  int32_t tuningMilliseconds;
} OrtRocmOptions;

static inline void *_Nonnull ort_slot(const OrtTable *_Nonnull table, int slot) {
  return ((void *const *)(const void *)table)[slot];
}

#define ORT_LIST(...) __VA_ARGS__
/// The function in a slot; the table itself is not passed on.
#define ORT_FUNCTION(result, name, slot, parameters, arguments)                                  \
  static inline result ort_##name(const OrtTable *_Nonnull table, ORT_LIST parameters) {         \
    return((result(*) parameters)ort_slot(table, slot)) arguments;                               \
  }
/// A function that returns an error or null.
#define ORT_CALL(name, slot, parameters, arguments) \
  ORT_FUNCTION(OrtStatus *_Nullable, name, slot, parameters, arguments)
#define ORT_RELEASE(type, slot)                                                                  \
  static inline void ort_Release##type(const OrtTable *_Nonnull table, Ort##type *_Nullable object) { \
    ((void (*)(Ort##type *))ort_slot(table, slot))(object);                                      \
  }
#define OUT(type) type *_Nullable *_Nonnull
#define TEXT const char *_Nonnull
#define TEXTS const char *const _Nullable *_Nonnull

ORT_FUNCTION(int32_t, GetErrorCode, 1, (const OrtStatus *_Nonnull status), (status))
ORT_FUNCTION(const char *_Nullable, GetErrorMessage, 2, (const OrtStatus *_Nonnull status), (status))
ORT_CALL(CreateEnvWithCustomLogger, 4,
         (OrtLogFunction _Nonnull log, void *_Nullable context, int32_t level, TEXT id, OUT(OrtEnv) env),
         (log, context, level, id, env))
ORT_CALL(CreateSession, 7,
         (const OrtEnv *_Nonnull env, TEXT path, const OrtSessionOptions *_Nonnull options,
          OUT(OrtSession) session),
         (env, path, options, session))
ORT_CALL(CreateSessionFromArray, 8,
         (const OrtEnv *_Nonnull env, const void *_Nonnull bytes, size_t count,
          const OrtSessionOptions *_Nonnull options, OUT(OrtSession) session),
         (env, bytes, count, options, session))
ORT_CALL(Run, 9,
         (OrtSession *_Nonnull session, const OrtRunOptions *_Nullable options, TEXTS inputNames,
          const OrtValue *const _Nullable *_Nonnull inputs, size_t inputCount, TEXTS outputNames,
          size_t outputCount, OUT(OrtValue) outputs),
         (session, options, inputNames, inputs, inputCount, outputNames, outputCount, outputs))
ORT_CALL(CreateSessionOptions, 10, (OUT(OrtSessionOptions) options), (options))
ORT_CALL(SetSessionGraphOptimizationLevel, 23, (OrtSessionOptions *_Nonnull options, int32_t level),
         (options, level))
ORT_CALL(SetIntraOpNumThreads, 24, (OrtSessionOptions *_Nonnull options, int32_t count), (options, count))
ORT_CALL(SetInterOpNumThreads, 25, (OrtSessionOptions *_Nonnull options, int32_t count), (options, count))
ORT_CALL(SessionGetInputCount, 30, (const OrtSession *_Nonnull session, size_t *_Nonnull count),
         (session, count))
ORT_CALL(SessionGetOutputCount, 31, (const OrtSession *_Nonnull session, size_t *_Nonnull count),
         (session, count))
ORT_CALL(SessionGetInputName, 36,
         (const OrtSession *_Nonnull session, size_t index, OrtAllocator *_Nonnull allocator, OUT(char) name),
         (session, index, allocator, name))
ORT_CALL(SessionGetOutputName, 37,
         (const OrtSession *_Nonnull session, size_t index, OrtAllocator *_Nonnull allocator, OUT(char) name),
         (session, index, allocator, name))
ORT_CALL(CreateTensorAsOrtValue, 48,
         (OrtAllocator *_Nonnull allocator, const int64_t *_Nullable dims, size_t rank, int32_t type,
          OUT(OrtValue) value),
         (allocator, dims, rank, type, value))
ORT_CALL(CreateTensorWithDataAsOrtValue, 49,
         (const OrtMemoryInfo *_Nonnull memory, void *_Nonnull bytes, size_t count,
          const int64_t *_Nullable dims, size_t rank, int32_t type, OUT(OrtValue) value),
         (memory, bytes, count, dims, rank, type, value))
ORT_CALL(GetTensorMutableData, 51, (OrtValue *_Nonnull value, OUT(void) bytes), (value, bytes))
ORT_CALL(FillStringTensor, 52, (OrtValue *_Nonnull value, TEXTS strings, size_t count),
         (value, strings, count))
ORT_CALL(GetStringTensorDataLength, 53, (const OrtValue *_Nonnull value, size_t *_Nonnull count),
         (value, count))
ORT_CALL(GetStringTensorContent, 54,
         (const OrtValue *_Nonnull value, void *_Nonnull bytes, size_t byteCount, size_t *_Nonnull offsets,
          size_t count),
         (value, bytes, byteCount, offsets, count))
ORT_CALL(CastTypeInfoToTensorInfo, 55,
         (const OrtTypeInfo *_Nonnull type, const OrtTensorInfo *_Nullable *_Nonnull tensor), (type, tensor))
ORT_CALL(GetOnnxTypeFromTypeInfo, 56, (const OrtTypeInfo *_Nonnull type, int32_t *_Nonnull kind),
         (type, kind))
ORT_CALL(GetTensorElementType, 60, (const OrtTensorInfo *_Nonnull tensor, int32_t *_Nonnull type),
         (tensor, type))
ORT_CALL(GetDimensionsCount, 61, (const OrtTensorInfo *_Nonnull tensor, size_t *_Nonnull rank),
         (tensor, rank))
ORT_CALL(GetDimensions, 62, (const OrtTensorInfo *_Nonnull tensor, int64_t *_Nonnull dims, size_t rank),
         (tensor, dims, rank))
ORT_CALL(GetTensorTypeAndShape, 65, (const OrtValue *_Nonnull value, OUT(OrtTensorInfo) tensor),
         (value, tensor))
ORT_CALL(GetTypeInfo, 66, (const OrtValue *_Nonnull value, OUT(OrtTypeInfo) type), (value, type))
ORT_CALL(GetValueType, 67, (const OrtValue *_Nonnull value, int32_t *_Nonnull kind), (value, kind))
ORT_CALL(CreateCpuMemoryInfo, 69, (int32_t allocator, int32_t kind, OUT(OrtMemoryInfo) memory),
         (allocator, kind, memory))
ORT_CALL(AllocatorFree, 76, (OrtAllocator *_Nonnull allocator, void *_Nonnull bytes), (allocator, bytes))
ORT_CALL(GetAllocatorWithDefaultOptions, 78, (OUT(OrtAllocator) allocator), (allocator))
ORT_CALL(GetValue, 80,
         (const OrtValue *_Nonnull value, int32_t index, OrtAllocator *_Nonnull allocator,
          OUT(OrtValue) element),
         (value, index, allocator, element))
ORT_CALL(GetValueCount, 81, (const OrtValue *_Nonnull value, size_t *_Nonnull count), (value, count))
ORT_CALL(CreateValue, 82,
         (const OrtValue *const _Nullable *_Nonnull elements, size_t count, int32_t kind,
          OUT(OrtValue) value),
         (elements, count, kind, value))
ORT_RELEASE(Env, 92)
ORT_RELEASE(Status, 93)
ORT_RELEASE(MemoryInfo, 94)
ORT_RELEASE(Session, 95)
ORT_RELEASE(Value, 96)
ORT_RELEASE(TypeInfo, 98)
ORT_RELEASE(TensorInfo, 99)
ORT_RELEASE(SessionOptions, 100)
ORT_CALL(CastTypeInfoToMap, 103,
         (const OrtTypeInfo *_Nonnull type, const OrtMapInfo *_Nullable *_Nonnull map), (type, map))
ORT_CALL(CastTypeInfoToSequence, 104,
         (const OrtTypeInfo *_Nonnull type, const OrtSequenceInfo *_Nullable *_Nonnull sequence),
         (type, sequence))
ORT_CALL(GetMapKeyType, 105, (const OrtMapInfo *_Nonnull map, int32_t *_Nonnull type), (map, type))
ORT_CALL(GetMapValueType, 106, (const OrtMapInfo *_Nonnull map, OUT(OrtTypeInfo) type), (map, type))
ORT_CALL(GetSequenceElementType, 107, (const OrtSequenceInfo *_Nonnull sequence, OUT(OrtTypeInfo) type),
         (sequence, type))
ORT_CALL(GetAvailableProviders, 125, (OUT(char *_Nullable) names, int32_t *_Nonnull count), (names, count))
ORT_CALL(ReleaseAvailableProviders, 126, (char *_Nullable *_Nonnull names, int32_t count), (names, count))
ORT_CALL(AddSessionConfigEntry, 130, (OrtSessionOptions *_Nonnull options, TEXT key, TEXT value),
         (options, key, value))
ORT_CALL(AppendRocm, 153, (OrtSessionOptions *_Nonnull options, const OrtRocmOptions *_Nonnull rocm),
         (options, rocm))
ORT_CALL(AppendTensorRt, 170, (OrtSessionOptions *_Nonnull options, const OrtTensorRtOptions *_Nonnull rt),
         (options, rt))
ORT_CALL(CreateTensorRtOptions, 171, (OUT(OrtTensorRtOptions) rt), (rt))
ORT_RELEASE(TensorRtOptions, 174)
ORT_CALL(HasValue, 192, (const OrtValue *_Nonnull value, int32_t *_Nonnull hasValue), (value, hasValue))
ORT_CALL(AppendCuda, 204, (OrtSessionOptions *_Nonnull options, const OrtCudaOptions *_Nonnull cuda),
         (options, cuda))
ORT_CALL(CreateCudaOptions, 205, (OUT(OrtCudaOptions) cuda), (cuda))
ORT_RELEASE(CudaOptions, 208)
ORT_CALL(AppendByName, 216,
         (OrtSessionOptions *_Nonnull options, TEXT name, TEXTS keys, TEXTS values, size_t count),
         (options, name, keys, values, count))
ORT_CALL(AppendDnnl, 239, (OrtSessionOptions *_Nonnull options, const OrtDnnlOptions *_Nonnull dnnl),
         (options, dnnl))
ORT_CALL(CreateDnnlOptions, 240, (OUT(OrtDnnlOptions) dnnl), (dnnl))
ORT_RELEASE(DnnlOptions, 243)
ORT_CALL(AppendOpenVino, 275,
         (OrtSessionOptions *_Nonnull options, TEXTS keys, TEXTS values, size_t count),
         (options, keys, values, count))
ORT_CALL(RegisterExecutionProviderLibrary, 301, (OrtEnv *_Nonnull env, TEXT name, TEXT path),
         (env, name, path))
ORT_CALL(GetEpDevices, 303,
         (const OrtEnv *_Nonnull env,
          const OrtEpDevice *_Nullable const *_Nullable *_Nonnull devices, size_t *_Nonnull count),
         (env, devices, count))
ORT_CALL(AppendDevices, 304,
         (OrtSessionOptions *_Nonnull options, OrtEnv *_Nonnull env,
          const OrtEpDevice *const _Nullable *_Nonnull devices, size_t deviceCount, TEXTS keys, TEXTS values,
          size_t count),
         (options, env, devices, deviceCount, keys, values, count))
ORT_FUNCTION(const char *_Nullable, EpDeviceName, 312, (const OrtEpDevice *_Nonnull device), (device))

#undef ORT_LIST
#undef ORT_FUNCTION
#undef ORT_CALL
#undef ORT_RELEASE
#undef TEXT
#undef TEXTS

// MARK: - OpenVINO
//
// Plain C functions, found by name; each returns 0 or the number of an error.

typedef struct OvCore OvCore;
typedef struct OvModel OvModel;
typedef struct OvCompiledModel OvCompiledModel;
typedef struct OvRequest OvRequest;
typedef struct OvTensor OvTensor;
typedef struct OvPort OvPort;

typedef struct OvShape {
  int64_t rank;
  int64_t *_Nullable dims;
} OvShape;

typedef struct OvVersion {
  const char *_Nullable build;
  const char *_Nullable description;
} OvVersion;

typedef struct OvDevices {
  char *_Nullable *_Nullable names;
  size_t count;
} OvDevices;

typedef struct OvProperty {
  const char *_Nonnull key;
  const void *_Nonnull value;
} OvProperty;

typedef int32_t (*OvGetVersion)(OvVersion *_Nonnull version);
typedef void (*OvFreeVersion)(OvVersion *_Nonnull version);
typedef const char *_Nullable (*OvLastError)(void);
typedef const char *_Nullable (*OvErrorInfo)(int32_t status);
typedef void (*OvFreeText)(const char *_Nullable text);
typedef int32_t (*OvCreateCore)(OUT(OvCore) core);
typedef int32_t (*OvGetDevices)(const OvCore *_Nonnull core, OvDevices *_Nonnull devices);
typedef void (*OvFreeDevices)(OvDevices *_Nonnull devices);
typedef int32_t (*OvReadFile)(const OvCore *_Nonnull core, const char *_Nonnull path,
                              const char *_Nullable weights, OUT(OvModel) model);
typedef int32_t (*OvReadBytes)(const OvCore *_Nonnull core, const char *_Nonnull bytes, size_t count,
                               const OvTensor *_Nullable weights, OUT(OvModel) model);
typedef int32_t (*OvInputCount)(const OvModel *_Nonnull model, size_t *_Nonnull count);
typedef int32_t (*OvInputAt)(const OvModel *_Nonnull model, size_t index, OUT(OvPort) port);
typedef int32_t (*OvInputNamed)(const OvModel *_Nonnull model, const char *_Nonnull name, OUT(OvPort) port);
typedef int32_t (*OvPortName)(const OvPort *_Nonnull port, OUT(char) name);
typedef int32_t (*OvPortType)(const OvPort *_Nonnull port, uint32_t *_Nonnull type);
typedef int32_t (*OvCompile)(const OvCore *_Nonnull core, const OvModel *_Nonnull model,
                             const char *_Nonnull device, size_t count,
                             const OvProperty *_Nonnull properties, OUT(OvCompiledModel) compiled);
typedef int32_t (*OvCreateRequest)(const OvCompiledModel *_Nonnull compiled, OUT(OvRequest) request);
typedef int32_t (*OvSetInput)(OvRequest *_Nonnull request, size_t index, const OvTensor *_Nonnull tensor);
typedef int32_t (*OvInfer)(OvRequest *_Nonnull request);
typedef int32_t (*OvGetTensor)(const OvRequest *_Nonnull request, const char *_Nonnull name,
                               OUT(OvTensor) tensor);
typedef int32_t (*OvCreateTensor)(uint32_t type, OvShape shape, void *_Nonnull bytes, OUT(OvTensor) tensor);
typedef int32_t (*OvCreateStrings)(const char *const _Nullable *_Nonnull strings, size_t count,
                                   OvShape shape, OUT(OvTensor) tensor);
typedef int32_t (*OvTensorShape)(const OvTensor *_Nonnull tensor, OvShape *_Nonnull shape);
typedef int32_t (*OvTensorType)(const OvTensor *_Nonnull tensor, uint32_t *_Nonnull type);
typedef int32_t (*OvTensorSize)(const OvTensor *_Nonnull tensor, size_t *_Nonnull size);
typedef int32_t (*OvTensorData)(const OvTensor *_Nonnull tensor, OUT(void) bytes);
typedef int32_t (*OvFreeShape)(OvShape *_Nonnull shape);
typedef void (*OvFreeModel)(OvModel *_Nullable model);
typedef void (*OvFreeCompiled)(OvCompiledModel *_Nullable compiled);
typedef void (*OvFreeRequest)(OvRequest *_Nullable request);
typedef void (*OvFreeTensor)(OvTensor *_Nullable tensor);
typedef void (*OvFreePort)(OvPort *_Nullable port);

#undef OUT

#endif
