using System.Net;
using System.Net.Sockets;

namespace LofteEvents.Server.Channels;

/// <summary>
/// Connects to endpoints outside, and to no address of this machine or of an inner network: a name is looked up here, and what
/// is connected to is the very address that was judged, so that no second look-up can lead elsewhere.
/// </summary>
internal sealed class EndpointGuard(bool allowInternal)
{
    // IANA's special-purpose registries (RFC 6890 and its updates), for what is not reached over the public internet.
    private static readonly IPNetwork[] Internal =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
            "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
            "224.0.0.0/4", "240.0.0.0/4", "::/128", "::1/128", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23",
            "2001:db8::/32", "2002::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    public static bool IsInternal(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Internal.Any(network => network.Contains(plain));
    }

    /// <exception cref="EndpointRefusedException">Every address that the name has is an inner one.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var endpoint = context.DnsEndPoint;
        var addresses = await Dns.GetHostAddressesAsync(endpoint.Host, cancellationToken);
        var allowed = addresses.Where(address => allowInternal || !IsInternal(address)).ToArray();
        if (allowed.Length == 0)
        {
            throw new EndpointRefusedException(
                $"{endpoint.Host} leads to an address of this machine or of an inner network, which notices are not sent to; set "
                + "Lofte__Channels__Webhook__AllowInternal where that is meant.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, endpoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>An address that nothing is sent to.</summary>
internal sealed class EndpointRefusedException(string message) : Exception(message);
