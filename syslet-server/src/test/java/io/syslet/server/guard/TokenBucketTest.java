package io.syslet.server.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenBucketTest {
  private static final long MILLI = 1_000_000;

  @Test
  void itFillsWithTime() {
    TokenBucket bucket = TokenBucket.perSecond(100, 0);
    assertThat(bucket.allowed(1000, 0)).isEqualTo(100);
    bucket.take(100);
    assertThat(bucket.allowed(1000, MILLI)).isZero();
    assertThat(bucket.allowed(1000, 10 * MILLI)).isEqualTo(1);
    assertThat(bucket.allowed(1000, 60_000 * MILLI)).isEqualTo(100);
  }

  @Test
  void withoutARateThereIsAlwaysOne() {
    TokenBucket bucket = TokenBucket.perSecond(0, 0);
    bucket.take(77);
    assertThat(bucket.allowed(77, 0)).isEqualTo(77);
  }

  @Test
  void afterABurstOneComesInAWhile() {
    long now = Long.MIN_VALUE; // the clock may be anywhere
    TokenBucket bucket = new TokenBucket(2, 10 * MILLI, now);
    assertThat(bucket.takeOne(now)).isTrue();
    assertThat(bucket.takeOne(now)).isTrue();
    assertThat(bucket.takeOne(now + 10 * MILLI - 1)).isFalse();
    assertThat(bucket.takeOne(now + 10 * MILLI)).isTrue();
    assertThat(bucket.takeOne(now + 10 * MILLI)).isFalse();
  }
}
