package io.syslet.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import io.syslet.server.guard.Lobby;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcceptOrderTest {
  private final List<Channel> away = new ArrayList<>();
  private final Lobby<Channel> lobby = new Lobby<>(1, away::add);
  private final EmbeddedChannel listener = new EmbeddedChannel(new AcceptOrder(lobby));

  private EmbeddedChannel accept() {
    EmbeddedChannel accepted = new EmbeddedChannel();
    listener.writeInbound(accepted);
    assertThat(listener.<Channel>readInbound()).as("goes on").isSameAs(accepted);
    return accepted;
  }

  @Test
  void whoIsLetInLateHasHisTurnOfWhenHeCame() {
    EmbeddedChannel first = accept();
    EmbeddedChannel second = accept();
    AcceptOrder.enter(lobby, second);
    AcceptOrder.enter(lobby, first);
    assertThat(away).containsExactly(first);
  }
}
