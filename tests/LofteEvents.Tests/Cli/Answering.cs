using System.Net;
using System.Text;

namespace LofteEvents.Tests.Cli;

/// <summary>What answers in the server's stead, where a test needs an answer that the server gives only in trouble.</summary>
internal sealed class Answering(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer)
    : HttpMessageHandler
{
    /// <summary>The given answers, one after the other.</summary>
    public static Answering With(params IEnumerable<HttpResponseMessage> answers)
    {
        var left = new Queue<HttpResponseMessage>(answers);
        return new Answering((_, _) => Task.FromResult(left.Dequeue()));
    }

    public static HttpResponseMessage Json(string json, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        answer(request, cancellationToken);
}
