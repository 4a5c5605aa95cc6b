using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace LofteEvents.Benchmarks;

/// <summary>The product's server as a process of its own, on the benchmark's database.</summary>
internal sealed class ServerUnderLoad : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly HttpClient client;
    private readonly DirectoryInfo data;

    private ServerUnderLoad(Process process, HttpClient client, DirectoryInfo data, int port)
    {
        this.process = process;
        this.client = client;
        this.data = data;
        Port = port;
    }

    public int Port { get; }

    public static async Task<ServerUnderLoad> StartAsync(string connection, CancellationToken cancellationToken)
    {
        var data = Directory.CreateTempSubdirectory("lofte-bench-server-");
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Program() },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}",
                ["ConnectionStrings__Lofte"] = connection,
                ["Lofte__Data"] = data.FullName,
                ["Lofte__AnonymousRequestsPerSecond"] = "0",

                // Rows of their own measure the notices that these events would make.
                ["Lofte__Workers__Enabled"] = "false",
                ["Logging__LogLevel__Default"] = "Warning",
            },
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException("The server did not start.");
        process.OutputDataReceived += (_, line) => Tell(line.Data);
        process.ErrorDataReceived += (_, line) => Tell(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = Patience };
        var server = new ServerUnderLoad(process, client, data, port);
        await server.IsReadyAsync(cancellationToken);
        return server;
    }

    /// <summary>CPU time of the server's process so far, in microseconds.</summary>
    public double Cpu() => CpuTimes.OfProcess(process.Id);

    /// <summary>A token that may say everything of source <c>urn:lofte:demo</c>, also as history.</summary>
    public async Task<string> TokenAsync(CancellationToken cancellationToken)
    {
        string[] roles = ["publisher", "coordinator", "evaluator", "operator"];
        using var answer = await client.PostAsJsonAsync("/dev/token", new { roles }, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("token").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        data.Delete(recursive: true);
    }

    private static void Tell(string? line)
    {
        if (line is not null)
        {
            Bench.Say(line);
        }
    }

    private async Task IsReadyAsync(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (watch.Elapsed < Patience && !process.HasExited)
            {
                // Not listening yet.
            }

            if (watch.Elapsed > Patience || process.HasExited)
            {
                throw new InvalidOperationException("The server did not get ready; what it said is above.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The checkout that this program was built in.</summary>
    public static string Root()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "LofteEvents.sln")))
        {
            root = root.Parent
                ?? throw new InvalidOperationException("Run the benchmarks from their checkout: dotnet run --project …");
        }

        return root.FullName;
    }

    // Built beside this program, in the same configuration: …/bin/Release/net10.0/.
    private static string Program()
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(
            Root(), "src", "LofteEvents.Server", "bin", own.Parent!.Name, own.Name, "LofteEvents.Server.dll");
    }
}
