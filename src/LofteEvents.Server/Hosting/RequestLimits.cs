using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using LofteEvents.Server.Errors;

namespace LofteEvents.Server.Hosting;

/// <summary>
/// How fast one anonymous address may ask. Who is signed in is known and not limited here; nor is this machine itself, so a proxy
/// in front must pass the caller's address on (ASPNETCORE_FORWARDEDHEADERS_ENABLED=true).
/// </summary>
internal static class RequestLimits
{
    /// <summary>So many seconds' worth of requests may come at once.</summary>
    private const int BurstSeconds = 5;

    private const int Ipv6NetworkBytes = 8;

    public static IServiceCollection AddRequestLimits(this IServiceCollection services, ServerSettings settings)
    {
        if (settings.AnonymousRequestsPerSecond > 0)
        {
            services.AddRateLimiter(limiter =>
            {
                limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(
                    context => Partition(context, settings.AnonymousRequestsPerSecond));
                limiter.OnRejected = (rejected, _) => new ValueTask(ErrorHandling.AnswerAsync(
                    rejected.HttpContext, Problems.TooManyRequests(Wait(rejected.Lease))));
            });
        }

        return services;
    }

    public static WebApplication UseRequestLimits(this WebApplication app, ServerSettings settings)
    {
        if (settings.AnonymousRequestsPerSecond > 0)
        {
            app.UseRateLimiter();
        }

        return app;
    }

    internal static RateLimitPartition<string> Partition(HttpContext context, int perSecond)
    {
        var address = context.Connection.RemoteIpAddress;
        if (address is null || IPAddress.IsLoopback(address) || context.User.Identity?.IsAuthenticated == true)
        {
            return RateLimitPartition.GetNoLimiter("");
        }

        return RateLimitPartition.GetTokenBucketLimiter(Network(address), _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = perSecond * BurstSeconds,
            TokensPerPeriod = perSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        });
    }

    /// <summary>One household has one IPv4 address, or a whole IPv6 network of 64 bits.</summary>
    internal static string Network(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4().ToString();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, Ipv6NetworkBytes))
            : address.ToString();
    }

    private static TimeSpan Wait(RateLimitLease lease) =>
        lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1);
}
