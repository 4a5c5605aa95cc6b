using System.ComponentModel;
using System.Diagnostics;

namespace LofteEvents.Postgres.Embedded;

/// <summary>
/// Programs of the system and of PostgreSQL, run to their end. Secrets go in on standard input, never as arguments.
/// </summary>
internal static class SystemProgram
{
    private const int NotFound = 127;

    /// <param name="command">The program and its arguments; no shell looks at them.</param>
    /// <param name="input">What the program reads; empty for nothing.</param>
    /// <exception cref="OperationCanceledException">The program and what it started were killed.</exception>
    public static async Task<ProgramResult> RunAsync(
        IReadOnlyList<string> command, string input, CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = Describe(command) };
        process.StartInfo.RedirectStandardInput = true;
        process.StartInfo.RedirectStandardOutput = true;
        process.StartInfo.RedirectStandardError = true;
        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            return new ProgramResult(NotFound, $"{command[0]}: {exception.Message}");
        }

        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await WriteAsync(process, input, cancellationToken);
            var text = await output + await errors;
            await process.WaitForExitAsync(cancellationToken);
            return new ProgramResult(process.ExitCode, text.Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    public static Task<ProgramResult> RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken) =>
        RunAsync(command, "", cancellationToken);

    /// <summary>
    /// A start that inherits neither our folder, which another user may not enter, nor settings meant for other databases.
    /// </summary>
    public static ProcessStartInfo Describe(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { WorkingDirectory = "/", UseShellExecute = false };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["LC_ALL"] = "C";
        start.Environment["TZ"] = "UTC";
        return start;
    }

    private static async Task WriteAsync(Process process, string input, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended without reading; its exit code and output say why.
        }
    }
}

/// <param name="Output">Standard output, then standard error.</param>
internal sealed record ProgramResult(int ExitCode, string Output)
{
    public bool Succeeded => ExitCode == 0;
}
