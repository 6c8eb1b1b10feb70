package io.syslet.server.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a browser or a scraper: GET and HEAD of what {@link Answers} knows. Who asks on
 * and does not read the answers is sent away.
 */
@SuppressWarnings("FutureReturnValueIgnored") // of a close: nothing is left to do
final class PageHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final String ONLY_OURS = "default-src 'self'; frame-ancestors 'none'";
  private static final String PLAIN = "text/plain; charset=utf-8";

  private final Answers answers;
  private final HostCheck hosts;

  PageHandler(Answers answers, HostCheck hosts) {
    this.answers = answers;
    this.hosts = hosts;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    if (!context.channel().isWritable()) {
      context.close();
      return;
    }
    Answers.Answer answer = answer(request);
    boolean head = request.method().equals(HttpMethod.HEAD);
    byte[] body = answer.body().getBytes(UTF_8);
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            answer.status(),
            head ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, answer.type())
        .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
        .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
        .set("content-security-policy", ONLY_OURS)
        .set("x-content-type-options", "nosniff");
    send(context, response, HttpUtil.isKeepAlive(request));
  }

  private static void send(ChannelHandlerContext to, FullHttpResponse response, boolean keep) {
    HttpUtil.setKeepAlive(response, keep);
    var sent = to.writeAndFlush(response);
    if (!keep) {
      sent.addListener(ChannelFutureListener.CLOSE);
    }
  }

  private Answers.Answer answer(FullHttpRequest request) {
    if (request.decoderResult().isFailure()) {
      return refusal(HttpResponseStatus.BAD_REQUEST);
    }
    if (!hosts.accepts(request.headers().get(HttpHeaderNames.HOST))) {
      return refusal(HttpResponseStatus.MISDIRECTED_REQUEST);
    }
    if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
      return refusal(HttpResponseStatus.METHOD_NOT_ALLOWED);
    }
    Answers.@Nullable Answer found = lookUp(request.uri());
    return found == null ? refusal(HttpResponseStatus.NOT_FOUND) : found;
  }

  private Answers.@Nullable Answer lookUp(String uri) {
    try {
      QueryStringDecoder query = new QueryStringDecoder(uri);
      List<String> since = query.parameters().getOrDefault("since", List.of("0"));
      return answers.to(query.path(), Long.parseLong(since.getFirst()));
    } catch (IllegalArgumentException e) { // also a number that is none
      return refusal(HttpResponseStatus.BAD_REQUEST);
    }
  }

  private static Answers.Answer refusal(HttpResponseStatus status) {
    return new Answers.Answer(status, PLAIN, status + "\n");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
