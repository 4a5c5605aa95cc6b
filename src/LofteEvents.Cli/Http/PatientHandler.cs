using System.Net;

namespace LofteEvents.Cli.Http;

/// <summary>
/// Waits with the server: 429 and 503 are tried again after what Retry-After says, and a server that has answered before and is
/// gone is given time to come back. Both end after <see cref="Patience"/>. Every request here may be sent twice: reads, and
/// intake, which recognises a repeat.
/// </summary>
internal sealed class PatientHandler(HttpMessageHandler inner, Surroundings around) : DelegatingHandler(inner)
{
    /// <summary>How long one attempt may take until its headers are there.</summary>
    public static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(60);

    /// <summary>How long one request is tried in all.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Set on a request whose 503 is the answer, such as a question about health.</summary>
    public static readonly HttpRequestOptionsKey<bool> AnswerAsItIs = new("lofte.answer-as-it-is");

    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(10);

    private bool hasAnswered;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var began = around.Time.GetTimestamp();
        var backoff = ShortestWait;
        while (true)
        {
            var (response, failure) = await AttemptAsync(request, cancellationToken);
            if (response is not null && !(MustWait(response) && Waits(request)))
            {
                hasAnswered = true;
                return response;
            }

            hasAnswered |= response is not null;
            var wait = WaitOf(response) ?? backoff;
            if (!hasAnswered || around.Time.GetElapsedTime(began) + wait > Patience)
            {
                return response ?? throw new ServerUnreachableException(request.RequestUri!, failure!);
            }

            around.Error.WriteLine(
                $"The server {(response is null ? "does not answer" : $"asks to wait ({(int)response.StatusCode})")}; "
                + $"trying again in {wait.TotalSeconds:0.#} s.");
            response?.Dispose();
            await Task.Delay(wait, around.Time, cancellationToken);
            backoff = backoff * 2 < LongestBackoff ? backoff * 2 : LongestBackoff;
        }
    }

    private async Task<(HttpResponseMessage? Response, Exception? Failure)> AttemptAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(AttemptTimeout, around.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return (await base.SendAsync(request, either.Token), null);
        }
        catch (HttpRequestException failure)
        {
            return (null, failure);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, new TimeoutException($"no answer within {AttemptTimeout.TotalSeconds:0} s"));
        }
    }

    private static bool MustWait(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable;

    private static bool Waits(HttpRequestMessage request) =>
        !request.Options.TryGetValue(AnswerAsItIs, out var asItIs) || !asItIs;

    private TimeSpan? WaitOf(HttpResponseMessage? response) => response?.Headers.RetryAfter switch
    {
        { Delta: { } delta } => Longer(delta, ShortestWait),
        { Date: { } date } => Longer(date - around.Time.GetUtcNow(), ShortestWait),
        _ => null,
    };

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
