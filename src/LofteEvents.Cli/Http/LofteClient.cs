using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace LofteEvents.Cli.Http;

/// <summary>The server's HTTP API as the command line uses it.</summary>
internal sealed class LofteClient : IDisposable
{
    private readonly HttpClient http;
    private readonly bool hasToken;

    public LofteClient(Uri address, string? token, Surroundings around)
    {
        Address = address;
        hasToken = token is not null;

        // The handler bounds each attempt and all of them together.
        http = new HttpClient(new PatientHandler(around.Transport(), around))
        {
            BaseAddress = address,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("lofte", null));
        if (token is not null)
        {
            SignInWith(token);
        }
    }

    public Uri Address { get; }

    /// <summary>
    /// Without a token of its own, asks a server in Development on this machine for one; elsewhere nobody is signed in, and the
    /// server says so where that is not enough.
    /// </summary>
    public async Task SignInForDevelopmentAsync(
        IReadOnlyList<string> roles, IReadOnlyList<string>? sources, CancellationToken cancellationToken)
    {
        if (!hasToken && Address.IsLoopback
            && await AskForTokenAsync(roles, sources, cancellationToken) is { Value: { } given })
        {
            SignInWith(given.Token);
        }
    }

    /// <summary>A token of the development issuer; 404 where the server has none.</summary>
    public Task<Reply<TokenAnswer>> AskForTokenAsync(
        IReadOnlyList<string> roles, IReadOnlyList<string>? sources, CancellationToken cancellationToken) =>
        SendAsync(
            new HttpRequestMessage(HttpMethod.Post, "/dev/token")
            {
                Content = JsonContent.Create(new TokenQuestion(roles, sources), HttpJson.Default.TokenQuestion),
            },
            HttpJson.Default.TokenAnswer,
            cancellationToken);

    /// <param name="path">With its query, below <c>/api/v1</c>.</param>
    public Task<Reply<T>> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/api/v1{path}"), type, cancellationToken);

    /// <summary>
    /// Says something to a notice. It has a key of its own, so that a request that was sent again says it once.
    /// </summary>
    public Task<Reply<NoticeAnswer>> SayAsync(string path, NoticeWords? words, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1{path}")
        {
            Content = words is null ? null : JsonContent.Create(words, HttpJson.Default.NoticeWords),
        };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        return SendAsync(request, HttpJson.Default.NoticeAnswer, cancellationToken);
    }

    /// <param name="page">From 1.</param>
    public Task<Reply<Listing<DeadLetterAnswer>>> FindDeadLettersAsync(
        ReplayFilter filter, int page, CancellationToken cancellationToken)
    {
        var query = string.Create(CultureInfo.InvariantCulture, $"/dead-letters?page={page}");
        foreach (var (name, value) in new[] { ("kind", filter.Kind), ("lane", filter.Lane), ("text", filter.Text) })
        {
            query += value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";
        }

        return GetAsync(query, HttpJson.Default.ListingDeadLetterAnswer, cancellationToken);
    }

    public Task<Reply<ReplayAnswer>> ReplayDeadLettersAsync(ReplayQuestion question, CancellationToken cancellationToken) =>
        SendAsync(
            new HttpRequestMessage(HttpMethod.Post, "/api/v1/dead-letters/replay")
            {
                Content = JsonContent.Create(question, HttpJson.Default.ReplayQuestion),
            },
            HttpJson.Default.ReplayAnswer,
            cancellationToken);

    /// <param name="batch">A JSON array of CloudEvents in UTF-8.</param>
    public Task<Reply<IntakeAnswer>> PublishAsync(ReadOnlyMemory<byte> batch, CancellationToken cancellationToken)
    {
        var content = new ReadOnlyMemoryContent(batch);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents-batch+json", "utf-8");
        return SendAsync(
            new HttpRequestMessage(HttpMethod.Post, "/api/v1/events") { Content = content },
            HttpJson.Default.IntakeAnswer,
            cancellationToken);
    }

    /// <returns>Null when the rebuild is asked for; otherwise why not.</returns>
    public async Task<Problem?> RebuildAsync(string projection, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, $"/api/v1/projections/{Uri.EscapeDataString(projection)}/rebuild");
        using var response = await http.SendAsync(request, cancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return response.IsSuccessStatusCode ? null : ProblemOf(response, body);
    }

    /// <summary>Readiness, healthy or not; null where something else than a LofteEvents server answers.</summary>
    public async Task<HealthAnswer?> ReadyAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/ready");
        request.Options.Set(PatientHandler.AnswerAsItIs, true);
        using var response = await http.SendAsync(request, cancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return TryRead(body, HttpJson.Default.HealthAnswer);
    }

    /// <summary>The answer's body as it streams in; disposing of the reply ends it.</summary>
    public async Task<Streamed> StreamAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1{path}");
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return new Streamed(response, await response.Content.ReadAsStreamAsync(cancellationToken), null);
        }

        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return new Streamed(response, Stream.Null, ProblemOf(response, body));
    }

    public void Dispose() => http.Dispose();

    private async Task<Reply<T>> SendAsync<T>(
        HttpRequestMessage request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using (request)
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                return new Reply<T>(null, body, ProblemOf(response, body));
            }

            return TryRead(body, type) is { } value
                ? new Reply<T>(value, body, null)
                : new Reply<T>(null, body, new Problem(
                    (int)response.StatusCode, null, null, $"{Address} answered something that is not of LofteEvents.", null));
        }
    }

    private void SignInWith(string token) =>
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

    private static Problem ProblemOf(HttpResponseMessage response, byte[] body) =>
        (TryRead(body, HttpJson.Default.Problem) ?? new Problem(0, null, response.ReasonPhrase, null, null)) with
        {
            Status = (int)response.StatusCode,
        };

    private static T? TryRead<T>(byte[] body, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Either what was asked for or why not.</summary>
/// <param name="Body">As it came.</param>
internal sealed record Reply<T>(T? Value, byte[] Body, Problem? Problem)
    where T : class;

internal sealed class Streamed(HttpResponseMessage response, Stream body, Problem? problem) : IDisposable
{
    public Stream Body => body;

    public Problem? Problem => problem;

    /// <summary>The position from which to go on where the server gave up looking; null where it looked at everything.</summary>
    public long? GoOnAfter =>
        response.Headers.TryGetValues("Lofte-Go-On-After", out var values)
        && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : null;

    public void Dispose()
    {
        body.Dispose();
        response.Dispose();
    }
}
