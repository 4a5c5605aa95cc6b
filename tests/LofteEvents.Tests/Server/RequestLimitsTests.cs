using System.Net;
using System.Security.Claims;
using System.Threading.RateLimiting;
using LofteEvents.Server.Hosting;
using Microsoft.AspNetCore.Http;

namespace LofteEvents.Tests.Server;

public sealed class Request_limits
{
    private const int PerSecond = 10;

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7", true)]
    [InlineData("203.0.113.7", "::ffff:203.0.113.7", true)]
    [InlineData("203.0.113.7", "203.0.113.8", false)]
    [InlineData("2001:db8::1", "2001:db8::2", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    public void Hold_for_an_address_or_its_IPv6_network(string one, string other, bool isSame)
    {
        using var limiter = PartitionedRateLimiter.Create<HttpContext, string>(
            context => RequestLimits.Partition(context, PerSecond));
        while (limiter.AttemptAcquire(From(one)).IsAcquired)
        {
            // Until nothing is left for the first address.
        }

        limiter.AttemptAcquire(From(other)).IsAcquired.ShouldBe(!isSame);
    }

    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("::1", false)]
    [InlineData("203.0.113.7", true)]
    public void Do_not_hold_for_this_machine_nor_for_who_is_signed_in(string address, bool isSignedIn)
    {
        using var limiter = PartitionedRateLimiter.Create<HttpContext, string>(
            context => RequestLimits.Partition(context, PerSecond));

        for (var i = 0; i < 1000; i++)
        {
            limiter.AttemptAcquire(From(address, isSignedIn)).IsAcquired.ShouldBeTrue();
        }
    }

    private static DefaultHttpContext From(string address, bool isSignedIn = false)
    {
        var context = new DefaultHttpContext { User = new ClaimsPrincipal(new ClaimsIdentity(isSignedIn ? "Bearer" : null)) };
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        return context;
    }
}
