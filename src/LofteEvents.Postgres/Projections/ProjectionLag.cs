using Microsoft.Extensions.Logging;
using Npgsql;

namespace LofteEvents.Postgres.Projections;

/// <summary>Measures how far behind the projections are, against the real newest event, while somebody listens.</summary>
internal sealed partial class ProjectionLag(ProjectionStates states, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan s_betweenLooks = TimeSpan.FromSeconds(5);

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await MeasureAsync(cancellationToken);
            }
            catch (Exception away) when (CatchUp.IsOfTheDatabase(away))
            {
                LogUnknown(logger, away.Message);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(s_betweenLooks, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async Task MeasureAsync(CancellationToken cancellationToken)
    {
        if (!ProjectionTelemetry.LagIsAsked)
        {
            return;
        }

        foreach (var state in await states.ReadAsync(cancellationToken))
        {
            ProjectionTelemetry.Record(state);
        }
    }

    [LoggerMessage(LogLevel.Debug, "How far behind the projections are is not known: {Reason}")]
    private static partial void LogUnknown(ILogger logger, string reason);
}
