package io.syslet.server.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuotaTest {
  @Test
  void aPeerHasNoMoreThanItsShareAndGivesItBack() {
    Quota quota = new Quota(100, 50);
    Quota.Share share = quota.of("a");
    assertThat(share.take(50)).isTrue();
    assertThat(share.take(1)).isFalse();
    assertThat(quota.used()).isEqualTo(50);
    assertThat(quota.of("b").take(20)).isTrue();
    share.give(50);
    assertThat(share.take(10)).isTrue();
    assertThat(quota.used()).isEqualTo(30);
    assertThat(quota.of("a")).isSameAs(share);
  }

  @Test
  void aShareIsNotRoundedToHundreds() {
    assertThat(new Quota(512, 50).of("a").take(256)).isTrue();
    assertThat(new Quota(512, 50).of("a").take(257)).isFalse();
    assertThat(new Quota(Long.MAX_VALUE, 50).of("a").take(1L << 61)).isTrue();
  }

  @Test
  void theLastEighthIsForThoseWhoHaveLittle() {
    Quota quota = new Quota(640, 100);
    Quota.Share share = quota.of("a");
    assertThat(share.take(560)).isTrue();
    assertThat(share.take(1)).isFalse();
    assertThat(share.take(1, 10)).as("for a session that has ten already").isFalse();
    assertThat(share.take(1, 9)).isTrue();
    assertThat(quota.of("b").take(10)).isTrue();
    assertThat(quota.of("b").take(1)).isFalse();
  }

  @Test
  void aSmallTotalHasNoReserve() {
    assertThat(new Quota(63, 100).of("a").take(63)).isTrue();
    assertThat(new Quota(64, 100).of("a").take(57)).isFalse();
    assertThat(new Quota(64, 100).of("a").take(56)).isTrue();
  }

  @Test
  void whatWasThereBeforeCountsWhateverTheLimit() {
    Quota quota = new Quota(2, 100);
    quota.of("a").adopt(5);
    assertThat(quota.of("a").take(1)).isFalse();
    assertThat(quota.of("b").take(1)).isFalse();
    quota.of("a").give(4);
    assertThat(quota.of("b").take(1)).isTrue();
  }
}
