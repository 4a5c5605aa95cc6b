using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using LofteEvents.Postgres.Embedded;

namespace LofteEvents.Tests.Postgres.Embedded;

/// <summary>The server as an operator starts it: a process of its own with an embedded database, that can be killed.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly EmbeddedFolder _folder;
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _said = new();

    private ServerProcess(EmbeddedFolder folder, Process process)
    {
        _folder = folder;
        _process = process;
        process.OutputDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public HttpClient Client { get; private set; } = new();

    public string Said => string.Join('\n', _said);

    public static string Assembly { get; } = Path.Combine(AppContext.BaseDirectory, "LofteEvents.Server.dll");

    /// <param name="prefix">What the command line begins with, such as a change of user.</param>
    public static ServerProcess Start(EmbeddedFolder folder, params IReadOnlyList<string> prefix)
    {
        var start = SystemProgram.Describe([.. prefix, "dotnet", Assembly]);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["Lofte__Data"] = folder.Path;
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Lofte__Workers__Enabled"] = "false";
        start.Environment.Remove("ConnectionStrings__Lofte");
        foreach (var (name, value) in folder.Environment)
        {
            start.Environment[name] = value;
        }

        return new ServerProcess(folder, new Process { StartInfo = start });
    }

    public static async Task<ServerProcess> StartReadyAsync(
        EmbeddedFolder folder, CancellationToken cancellationToken, params IReadOnlyList<string> prefix)
    {
        var server = Start(folder, prefix);
        try
        {
            if (!folder.Environment.ContainsKey("ConnectionStrings__Lofte"))
            {
                // Step by step, because each has to wait for the disk.
                await Eventually.BecomesAsync(
                    "the cluster is made", () => server.Has(folder.Folder.SecretsFile), cancellationToken);
                await Eventually.BecomesAsync("the database runs", () => server.Has(folder.Folder.RunFile), cancellationToken);
            }

            await Eventually.BecomesAsync("the server is ready", server.IsReadyAsync, cancellationToken);
            return server;
        }
        catch
        {
            TestContext.Current.TestOutputHelper?.WriteLine(server.Said);
            await server.DisposeAsync();
            throw;
        }
    }

    public async Task SignInAsync(string role, CancellationToken cancellationToken)
    {
        using var answer = await Client.PostAsJsonAsync("/dev/token", new { roles = new[] { role } }, cancellationToken);
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("token").GetString();
        Client.DefaultRequestHeaders.Authorization = new("Bearer", token);
    }

    public async Task<int> SignalAsync(string signal, CancellationToken cancellationToken)
    {
        await EmbeddedFolder.SignalAsync(signal, _process.Id, cancellationToken);
        return await EndedAsync(cancellationToken);
    }

    public async Task<int> EndedAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private bool Has(string file)
    {
        _process.HasExited.ShouldBeFalse(Said);
        return File.Exists(file);
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        _process.HasExited.ShouldBeFalse(Said);
        if ((await RunFile.ReadAsync(_folder.Path, cancellationToken))?.Url is not { } url)
        {
            return false;
        }

        Client.Dispose();
        Client = new HttpClient { BaseAddress = new Uri(url) };
        try
        {
            using var answer = await Client.GetAsync("/health/ready", cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            // For an instant the run.json is still there that a killed server left.
            return false;
        }
    }
}
