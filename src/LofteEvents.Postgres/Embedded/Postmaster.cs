using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LofteEvents.Postgres.Embedded;

/// <summary>
/// PostgreSQL's main process on one cluster: found running, or started; stopped on request. It runs in a session of its own, so
/// that Ctrl-C in the terminal reaches only the server, which then stops it in good order.
/// </summary>
internal sealed class Postmaster(
    ClusterPlace place,
    ServerBinaries binaries,
    PostmasterLog log,
    IReadOnlyDictionary<string, string> settings,
    TimeProvider time,
    ILogger logger)
{
    private const int Attempts = 3;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan BetweenLooksAtALivingOne = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan BetweenRestarts = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FastPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ImmediatePatience = TimeSpan.FromSeconds(30);

    // The log is opened before the user changes, because that user may not be able to reach it.
    private const string Launch = "umask 077; exec setsid \"$@\" </dev/null >>\"$0\" 2>&1";

    public int Port { get; private set; }

    public int ProcessId { get; private set; }

    /// <summary>Whether the process was there already when we came.</summary>
    public bool Adopted { get; private set; }

    /// <summary>
    /// Takes over the process that runs this cluster, if one does and it takes our password; waits for one that starts or stops.
    /// </summary>
    /// <exception cref="EmbeddedPostgresException">Something runs on the cluster that is not ours.</exception>
    public async Task<bool> AdoptAsync(Secrets secrets, CancellationToken cancellationToken)
    {
        while (PostmasterPid.Read(place.Data) is { } running && ClusterProcesses.WorksIn(running.Process, place.Data))
        {
            if (running.IsReady)
            {
                await MustBeOursAsync(running, secrets, cancellationToken);
                (Port, ProcessId, Adopted) = (running.Port, running.Process, true);
                EmbeddedLog.Adopted(logger, ProcessId, Port);
                return true;
            }

            await Task.Delay(BetweenLooks, time, cancellationToken);
        }

        return false;
    }

    /// <summary>Starts PostgreSQL and waits until it takes connections, however long its recovery after a crash lasts.</summary>
    /// <param name="port">The only port that will do; null for the one of the last start, or another where that is taken.</param>
    /// <exception cref="EmbeddedPostgresException">It ended instead; the message holds the end of its log.</exception>
    public async Task StartAsync(int? port, CancellationToken cancellationToken)
    {
        await ForgetDeadAsync(cancellationToken);
        log.TurnOver();
        for (var attempt = 1; ; attempt++)
        {
            Port = port ?? await ClusterSettings.PortAsync(place.Data, cancellationToken);
            await place.WriteAsync(
                Path.Combine(place.Data, ClusterSettings.FileName), ClusterSettings.Text(Port, settings), cancellationToken);
            var logged = log.Length;
            if (await LaunchAsync(cancellationToken))
            {
                EmbeddedLog.Started(logger, ProcessId, Port, place.Data);
                return;
            }

            var said = await log.SaidSinceAsync(logged, cancellationToken);
            // Between our look at the port and PostgreSQL's another program can have taken it.
            if (attempt == Attempts || !said.Contains("could not bind", StringComparison.Ordinal))
            {
                throw new EmbeddedPostgresException(
                    $"PostgreSQL ended while it started the cluster in {place.Data}. It said, in {log.File}:\n{said}");
            }
        }
    }

    /// <summary>
    /// Starts PostgreSQL again, on the same port, when it has died: whoever uses the database then only has to connect again.
    /// Ends when cancelled.
    /// </summary>
    public async Task KeepAliveAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(BetweenLooksAtALivingOne, time, cancellationToken);
                if (!ClusterProcesses.WorksIn(ProcessId, place.Data))
                {
                    EmbeddedLog.Died(logger, ProcessId);
                    await RestartAsync(cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The process that uses the database stops, and stops it too.
        }
    }

    /// <summary>Fast shutdown: transactions are rolled back, everything is on disk, the next start needs no recovery.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (await EndsAsync("fast", FastPatience, cancellationToken))
        {
            EmbeddedLog.Stopped(logger, ProcessId);
            return;
        }

        EmbeddedLog.StoppedHard(logger, ProcessId, FastPatience.TotalSeconds);
        if (!await EndsAsync("immediate", ImmediatePatience, cancellationToken))
        {
            throw new EmbeddedPostgresException(
                $"PostgreSQL (process {ProcessId}) on {place.Data} does not end: end it by hand.");
        }
    }

    /// <summary>Ends whatever runs on the cluster at once, without a password; PostgreSQL recovers at its next start.</summary>
    public async Task StopLeftoverAsync(CancellationToken cancellationToken)
    {
        if (PostmasterPid.Read(place.Data) is { } left && ClusterProcesses.WorksIn(left.Process, place.Data))
        {
            ProcessId = left.Process;
            await EndsAsync("immediate", ImmediatePatience, cancellationToken);
        }

        await ClusterProcesses.WaitUntilNoneAsync(place.Data, time, cancellationToken);
    }

    private async Task RestartAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await StartAsync(Port, cancellationToken);
                return;
            }
            catch (EmbeddedPostgresException exception)
            {
                EmbeddedLog.NotRestarted(logger, exception, BetweenRestarts.TotalSeconds);
                await Task.Delay(BetweenRestarts, time, cancellationToken);
            }
        }
    }

    private async Task<bool> EndsAsync(string mode, TimeSpan patience, CancellationToken cancellationToken)
    {
        var stop = place.User.Command(binaries.PgCtl, "stop", "-D", place.Data, "-m", mode, "--no-wait", "--silent");
        var began = time.GetTimestamp();
        var told = await SystemProgram.RunAsync(stop, cancellationToken);
        while (ClusterProcesses.WorksIn(ProcessId, place.Data))
        {
            if (!told.Succeeded || time.GetElapsedTime(began) > patience)
            {
                return false;
            }

            await Task.Delay(BetweenLooks, time, cancellationToken);
        }

        return true;
    }

    private async Task MustBeOursAsync(PostmasterPid running, Secrets secrets, CancellationToken cancellationToken)
    {
        try
        {
            // SCRAM proves both sides: only the cluster that was given this password can answer.
            await using var source = NpgsqlDataSource.Create(ClusterRoles.Superuser(running.Port, secrets).ConnectionString);
            await using var command = source.CreateCommand("SHOW data_directory");
            var data = (string?)await command.ExecuteScalarAsync(cancellationToken);
            if (data == place.Data)
            {
                return;
            }

            throw new EmbeddedPostgresException(
                $"The PostgreSQL on port {running.Port} serves {data}, not {place.Data}: stop it and start again.");
        }
        catch (NpgsqlException exception)
        {
            throw new EmbeddedPostgresException(
                $"PostgreSQL (process {running.Process}, port {running.Port}) runs on {place.Data} but does not take our "
                + $"password ({exception.Message}): stop it and start again.",
                exception);
        }
    }

    /// <summary>
    /// Removes the note of a process that is gone, once nothing works in the cluster any more. PostgreSQL itself refuses to start
    /// where another program of the same user has been given the number since.
    /// </summary>
    private async Task ForgetDeadAsync(CancellationToken cancellationToken)
    {
        await ClusterProcesses.WaitUntilNoneAsync(place.Data, time, cancellationToken);
        if (File.Exists(PostmasterPid.PathIn(place.Data)))
        {
            EmbeddedLog.Recovering(logger, place.Data);
            await place.MustAsync(["rm", "-f", "--", PostmasterPid.PathIn(place.Data)], "", cancellationToken);
        }
    }

    private async Task<bool> LaunchAsync(CancellationToken cancellationToken)
    {
        using var process = new Process
        {
            StartInfo = SystemProgram.Describe(
                ["sh", "-c", Launch, log.File, .. place.User.Command(binaries.Postgres, "-D", place.Data)]),
        };
        process.Start();
        try
        {
            while (!process.HasExited)
            {
                if (PostmasterPid.Read(place.Data) is { IsReady: true } ready
                    && ClusterProcesses.WorksIn(ready.Process, place.Data))
                {
                    ProcessId = ready.Process;
                    return true;
                }

                await Task.Delay(BetweenLooks, time, cancellationToken);
            }

            return false;
        }
        catch (OperationCanceledException)
        {
            await StopLeftoverAsync(CancellationToken.None);
            throw;
        }
    }
}
