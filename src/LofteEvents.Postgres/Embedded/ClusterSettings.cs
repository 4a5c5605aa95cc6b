using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace LofteEvents.Postgres.Embedded;

/// <summary><c>lofte.conf</c> in the cluster: the settings that LofteEvents relies on.</summary>
internal static partial class ClusterSettings
{
    public const string FileName = "lofte.conf";

    /// <param name="others">Further settings, such as those of a test's cluster.</param>
    public static string Text(int port, IEnumerable<KeyValuePair<string, string>> others) =>
        $"""
        # Written by LofteEvents at every start. Settings of your own belong into postgresql.conf.
        listen_addresses = '127.0.0.1'
        port = {port}
        unix_socket_directories = ''
        password_encryption = 'scram-sha-256'
        timezone = 'UTC'
        # What goes wrong is logged with its statement, never with a row's content: payloads do not belong into logs.
        log_timezone = 'UTC'
        log_destination = 'stderr'
        logging_collector = off
        log_line_prefix = '%m [%p] %q%u@%d '
        log_error_verbosity = terse
        log_parameter_max_length = 0
        log_parameter_max_length_on_error = 0
        log_checkpoints = off
        {string.Join('\n', others.Select(other => $"{other.Key} = '{other.Value.Replace("'", "''", StringComparison.Ordinal)}'"))}

        """;

    /// <summary>
    /// The port of the last start where that is free, else another: whoever noted an address finds the database there again.
    /// </summary>
    public static async Task<int> PortAsync(string data, CancellationToken cancellationToken)
    {
        var last = Port().Match(await File.ReadAllTextAsync(Path.Combine(data, FileName), cancellationToken));
        return last.Success && int.TryParse(last.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var port) && IsFree(port)
            ? port
            : AnyFreePort();
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int AnyFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"^port = (\d+)$", RegexOptions.Multiline)]
    private static partial Regex Port();
}
