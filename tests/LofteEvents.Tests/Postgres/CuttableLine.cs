using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace LofteEvents.Tests.Postgres;

/// <summary>The way to a database, for tests that cut it: a port that passes everything on while it is whole.</summary>
internal sealed class CuttableLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentBag<TcpClient> _ends = [];
    private readonly string _host;
    private readonly int _port;
    private readonly Task _accepting;
    private volatile bool _isCut;

    private CuttableLine(NpgsqlConnectionStringBuilder target)
    {
        (_host, _port) = (target.Host!, target.Port);
        _listener.Start();
        target.Host = "127.0.0.1";
        target.Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        ConnectionString = target.ConnectionString;
        _accepting = AcceptAsync(_ending.Token);
    }

    /// <summary>The same database by way of this line.</summary>
    public string ConnectionString { get; }

    public static CuttableLine To(string connectionString) => new(new NpgsqlConnectionStringBuilder(connectionString));

    /// <summary>Breaks what is open, and what is tried from now on.</summary>
    public void Cut()
    {
        _isCut = true;
        while (_ends.TryTake(out var end))
        {
            end.Dispose();
        }
    }

    public void Mend() => _isCut = false;

    public async ValueTask DisposeAsync()
    {
        Cut();
        await _ending.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _ending.Dispose();
    }

    private async Task AcceptAsync(CancellationToken cancellationToken)
    {
        var passing = new List<Task>();
        try
        {
            while (true)
            {
                var near = await _listener.AcceptTcpClientAsync(cancellationToken);
                passing.Add(PassOnAsync(near, cancellationToken));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(passing);
        }
    }

    private async Task PassOnAsync(TcpClient near, CancellationToken cancellationToken)
    {
        using var far = new TcpClient();
        using (near)
        {
            if (_isCut)
            {
                return;
            }

            _ends.Add(near);
            _ends.Add(far);
            try
            {
                await far.ConnectAsync(_host, _port, cancellationToken);
                await Task.WhenAny(
                    near.GetStream().CopyToAsync(far.GetStream(), cancellationToken),
                    far.GetStream().CopyToAsync(near.GetStream(), cancellationToken));
            }
            catch (Exception broken) when (broken is IOException or SocketException or ObjectDisposedException
                or InvalidOperationException or OperationCanceledException)
            {
                // That is what the line is for.
            }
        }
    }
}
