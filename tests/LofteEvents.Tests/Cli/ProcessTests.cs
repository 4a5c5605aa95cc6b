using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace LofteEvents.Tests.Cli;

/// <summary>What only a process of its own can show.</summary>
public class The_program
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_polite_kill_while_the_server_is_asked_ends_it_with_130()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        using var lofte = Start("status", "x", "--url", $"http://{server.LocalEndpoint}");
        using var asked = await server.AcceptTcpClientAsync(Ct);

        using var kill = Process.Start("sh", ["-c", "kill -TERM \"$0\"", $"{lofte.Id}"]);
        await lofte.WaitForExitAsync(Ct);

        lofte.ExitCode.ShouldBe(130);
        (await lofte.StandardError.ReadToEndAsync(Ct)).ShouldBe("lofte: cancelled.\n");
        (await lofte.StandardOutput.ReadToEndAsync(Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Data_goes_to_stdout_and_the_exit_code_to_the_shell()
    {
        using var lofte = Start("schema", "dump");
        (await lofte.StandardOutput.ReadToEndAsync(Ct)).ShouldEndWith("COMMIT;\n");
        await lofte.WaitForExitAsync(Ct);
        lofte.ExitCode.ShouldBe(0);
        (await lofte.StandardError.ReadToEndAsync(Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Bash_completes_a_word_by_asking_it()
    {
        var folder = AppContext.BaseDirectory;
        const string Script =
            """
            source <(lofte completions bash)
            COMP_LINE="lofte events pub" COMP_POINT=16 COMP_WORDS=(lofte events pub) COMP_CWORD=2
            _lofte
            printf '%s\n' "${COMPREPLY[@]}"
            """;
        var start = new ProcessStartInfo("bash", ["-c", Script]) { RedirectStandardOutput = true };
        start.Environment["PATH"] = $"{folder}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";
        using var bash = Process.Start(start)!;
        (await bash.StandardOutput.ReadToEndAsync(Ct)).ShouldBe("publish\n");
        await bash.WaitForExitAsync(Ct);
    }

    private static Process Start(params string[] args) => Process.Start(
        new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "lofte"), args)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}
