using System.Net;
using System.Net.Http.Headers;
using LofteEvents.Notices;
using LofteEvents.Postgres.Notices;
using LofteEvents.Server.Hosting;

namespace LofteEvents.Server.Channels;

/// <summary>
/// A signed webhook to the recipient's own system, by Standard Webhooks 1.0: it says that there is a notice, and where it can
/// be fetched by whoever signs in as the recipient. Only an answer 2xx is delivered; 410 closes the endpoint for good.
/// </summary>
internal sealed partial class WebhookChannel(
    HttpClient http, WebhookSettings settings, WebhookEndpoints endpoints, TimeProvider clock, ILogger<WebhookChannel> log)
    : INoticeChannel
{
    /// <summary>Longer than this nobody is waited for: Standard Webhooks counsels 15 to 30 seconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public string Name => NoticeChannels.Webhook;

    public async Task<ChannelAnswer> SendAsync(NoticeMessage message, CancellationToken cancellationToken)
    {
        if (message.Recipient is not { } recipient || message.Way(Name)?.Url is not { } url)
        {
            return new ChannelAnswer.Nowhere("The recipient has no webhook.");
        }

        if (settings.SecretsOf(recipient.Id) is not { Count: > 0 } secrets)
        {
            return new ChannelAnswer.Nowhere(
                $"There is no secret for {recipient.Id}: set Lofte__Channels__Webhook__Secrets__{recipient.Id}.");
        }

        if (await endpoints.IsClosedAsync(recipient.Id, url, cancellationToken))
        {
            return new ChannelAnswer.Nowhere("The endpoint said 410 earlier: it is closed until another address is given.");
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        try
        {
            using var request = Request(message, url, secrets);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            LogAnswered(message.Attempt, (int)response.StatusCode);
            return await JudgeAsync(response, recipient.Id, url, cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ChannelAnswer.NotNow($"No answer within {Patience.TotalSeconds:0} s.");
        }
        catch (HttpRequestException fault) when (fault.InnerException is EndpointRefusedException refused)
        {
            return new ChannelAnswer.Nowhere(refused.Message);
        }
        catch (HttpRequestException fault)
        {
            return new ChannelAnswer.NotNow($"The endpoint cannot be reached ({fault.HttpRequestError}).");
        }
    }

    private HttpRequestMessage Request(NoticeMessage message, Uri url, IReadOnlyList<byte[]> secrets)
    {
        var now = clock.GetUtcNow();
        var body = WebhookBody.Of(message, settings.PublicUrl, now);
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
        foreach (var (name, value) in WebhookSignature.Headers(secrets, message.Attempt.ToString(), now, body))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private async Task<ChannelAnswer> JudgeAsync(
        HttpResponseMessage response, string recipient, Uri url, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        switch (status)
        {
            case >= 200 and < 300:
                return new ChannelAnswer.Delivered($"HTTP {status}");
            case (int)HttpStatusCode.Gone:
                await endpoints.CloseAsync(recipient, url, cancellationToken);
                LogClosed(recipient);
                return new ChannelAnswer.Nowhere("The endpoint said 410: it is closed until another address is given.");
            case >= 300 and < 400:
                return new ChannelAnswer.NotNow($"The endpoint answered {status}; redirects are not followed.");
            default:
                var wait = response.Headers.RetryAfter is { } after
                    ? after.Delta ?? after.Date - clock.GetUtcNow()
                    : null;
                return new ChannelAnswer.NotNow($"The endpoint answered {status}.", wait);
        }
    }

    [LoggerMessage(LogEvents.WebhookAnswered, LogLevel.Debug, "The endpoint answered attempt {Attempt} with {Status}.")]
    private partial void LogAnswered(Guid attempt, int status);

    [LoggerMessage(
        LogEvents.WebhookClosed, LogLevel.Warning, "The webhook of {Recipient} answered 410 and is used no more.")]
    private partial void LogClosed(string recipient);
}
