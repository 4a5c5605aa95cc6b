using System.Diagnostics;
using LofteEvents.Postgres.Notices;
using LofteEvents.Postgres.Queue;
using LofteEvents.Server.Hosting;
using Npgsql;

namespace LofteEvents.Server.Channels;

/// <summary>Runs the policy of notices and its workers inside the server, with the channels of this deployment.</summary>
internal static class ChannelsHosting
{
    public static IServiceCollection AddChannels(this IServiceCollection services, ServerSettings settings)
    {
        var channels = settings.Channels;
        services.AddSingleton(channels.Webhook);
        services.AddSingleton(new ChannelFolder(channels.Folder));
        services.AddSingleton<WebhookEndpoints>();
        services.AddSingleton<DeadLetters>();
        services.AddSingleton<OwedDeadLetters>();
        services.AddSingleton<INoticeChannel>(provider => new WebhookChannel(
            Client(channels.Webhook),
            channels.Webhook,
            provider.GetRequiredService<WebhookEndpoints>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<WebhookChannel>>()));
        services.AddSingleton<INoticeChannel, LetterChannel>();
        services.AddSingleton<INoticeChannel, SecureDigitalChannel>();
        services.AddSingleton(provider => new NoticeWorkers(
            provider.GetRequiredService<NpgsqlDataSource>(),
            provider.GetRequiredService<IEventStore>(),
            settings.Recipients,
            settings.Areas,
            [.. provider.GetServices<INoticeChannel>()],
            channels.Smtp is { } smtp ? new SmtpNudge(smtp, channels.Webhook.PublicUrl).SendAsync : null,
            channels.Workers,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>()));
        if (channels.RunsWorkers)
        {
            services.AddHostedService<NoticesService>();
            services.AddHostedService<ReceiptFolders>();
            services.AddHealthChecks().AddCheck<NoticesHealth>("notices", tags: [HealthEndpoints.Ready]);
        }

        return services;
    }

    /// <summary>No redirect is followed, no cookie kept, no proxy asked, and no trace header tells what runs here.</summary>
    internal static HttpClient Client(WebhookSettings settings) => new(new SocketsHttpHandler
    {
        ConnectCallback = new EndpointGuard(settings.AllowInternal).ConnectAsync,
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        MaxResponseHeadersLength = 16,
        ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { { "User-Agent", "LofteEvents" } },
    };

    private sealed class NoticesService(NoticeWorkers workers) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => workers.RunAsync(stoppingToken);
    }
}
