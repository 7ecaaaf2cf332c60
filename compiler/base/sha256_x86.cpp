#include "compiler/base/sha256_blocks.h"

#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>

namespace hlab::sha256_detail {
namespace {

#define HLAB_SHA_TARGET __attribute__((target("sha,sse4.1,ssse3")))

/// The next four words of the message schedule from the last sixteen, oldest first.
HLAB_SHA_TARGET inline __m128i next_words(__m128i a, __m128i b, __m128i c, __m128i d) {
  const __m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(a, b), _mm_alignr_epi8(d, c, 4));
  return _mm_sha256msg2_epu32(sum, d);
}

/// Four rounds; the state lies as the instructions want it: ABEF and CDGH.
HLAB_SHA_TARGET inline void four_rounds(__m128i& abef, __m128i& cdgh, __m128i words,
                                        std::size_t group) {
  const auto* keys = reinterpret_cast<const __m128i*>(kRound.data());
  __m128i sum = _mm_add_epi32(words, _mm_load_si128(keys + group));
  cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
  sum = _mm_shuffle_epi32(sum, 0x0e);
  abef = _mm_sha256rnds2_epu32(abef, cdgh, sum);
}

HLAB_SHA_TARGET void blocks_sha(State& state, const std::uint8_t* data, std::size_t count) {
  const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  auto* const words = reinterpret_cast<__m128i*>(state.data());
  const __m128i dcba = _mm_loadu_si128(words);
  const __m128i hgfe = _mm_loadu_si128(words + 1);
  const __m128i cdab = _mm_shuffle_epi32(dcba, 0xb1);
  const __m128i efgh = _mm_shuffle_epi32(hgfe, 0x1b);
  __m128i abef = _mm_alignr_epi8(cdab, efgh, 8);
  __m128i cdgh = _mm_blend_epi16(efgh, cdab, 0xf0);
  for (; count != 0; --count, data += kBlock) {
    const __m128i abef_before = abef;
    const __m128i cdgh_before = cdgh;
    const auto* in = reinterpret_cast<const __m128i*>(data);
    __m128i w[4];
    for (int i = 0; i < 4; ++i) w[i] = _mm_shuffle_epi8(_mm_loadu_si128(in + i), swap);
    for (std::size_t group = 0; group < 16; group += 4) {
      for (std::size_t i = 0; i < 4; ++i) {
        four_rounds(abef, cdgh, w[i], group + i);
        w[i] = next_words(w[i], w[(i + 1) % 4], w[(i + 2) % 4], w[(i + 3) % 4]);
      }
    }
    abef = _mm_add_epi32(abef, abef_before);
    cdgh = _mm_add_epi32(cdgh, cdgh_before);
  }
  const __m128i feba = _mm_shuffle_epi32(abef, 0x1b);
  const __m128i dchg = _mm_shuffle_epi32(cdgh, 0xb1);
  _mm_storeu_si128(words, _mm_blend_epi16(feba, dchg, 0xf0));
  _mm_storeu_si128(words + 1, _mm_alignr_epi8(dchg, feba, 8));
}

bool has_sha() {
  unsigned a = 0, b = 0, c = 0, d = 0;
  if (__get_cpuid(1, &a, &b, &c, &d) == 0) return false;
  const bool sse = (c & bit_SSSE3) != 0 && (c & bit_SSE4_1) != 0;
  if (__get_cpuid_count(7, 0, &a, &b, &c, &d) == 0) return false;
  return sse && (b & (1u << 29)) != 0;
}

}  // namespace

BlockFunction hardware_blocks() { return has_sha() ? blocks_sha : nullptr; }

}  // namespace hlab::sha256_detail

#else

namespace hlab::sha256_detail {

BlockFunction hardware_blocks() { return nullptr; }

}  // namespace hlab::sha256_detail

#endif
