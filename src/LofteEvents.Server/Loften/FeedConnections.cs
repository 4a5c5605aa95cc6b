using System.Net;
using LofteEvents.Server.Hosting;

namespace LofteEvents.Server.Loften;

/// <summary>How many feeds are open: each holds a connection, so there is a limit in all and one for each address.</summary>
internal sealed class FeedConnections(int most = FeedConnections.Most, int mostOfAnAddress = FeedConnections.MostOfAnAddress)
{
    public const int Most = 2_000;
    public const int MostOfAnAddress = 50;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _open = new(StringComparer.Ordinal);
    private int _all;

    /// <returns>A place, to be given back by disposing of it; null where there is none.</returns>
    public IDisposable? TryEnter(IPAddress? address)
    {
        var network = address is null ? "" : RequestLimits.Network(address);
        lock (_lock)
        {
            // What comes from this machine is a proxy's, which stands for many, or a test's.
            var open = _open.GetValueOrDefault(network);
            var isFull = open >= mostOfAnAddress && address is not null && !IPAddress.IsLoopback(address);
            if (_all >= most || isFull)
            {
                return null;
            }

            _all++;
            _open[network] = open + 1;
        }

        ServerTelemetry.FeedConnections.Add(1);
        return new Place(this, network);
    }

    private void Leave(string network)
    {
        lock (_lock)
        {
            _all--;
            if (--_open[network] == 0)
            {
                _open.Remove(network);
            }
        }

        ServerTelemetry.FeedConnections.Add(-1);
    }

    private sealed class Place(FeedConnections connections, string network) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                connections.Leave(network);
            }
        }
    }
}
