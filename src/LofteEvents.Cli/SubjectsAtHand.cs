using LofteEvents.Postgres;
using LofteEvents.Postgres.EventStore;
using LofteEvents.Postgres.Subjects;

namespace LofteEvents.Cli;

/// <summary>Persons' keys as a command has them: on the database, with the master keys of this machine.</summary>
internal sealed record SubjectsAtHand(
    SubjectSettings Settings, SubjectForgetting Forgetting, SubjectRetention Retention, MasterKeyEpochs Epochs);

internal static class SubjectsAtHandOpening
{
    /// <summary>Opens the database and the master keys, works, and closes them.</summary>
    public static async Task<int> WithSubjectsAsync(
        this Surroundings around, Func<SubjectsAtHand, Task<int>> work, CancellationToken cancellationToken)
    {
        var database = LofteDatabaseSettings.Read(around.Setting);
        var settings = SubjectSettings.Read(around.Setting, database.DataFolder, out var faults);
        if (faults.Count > 0)
        {
            foreach (var fault in faults)
            {
                around.Error.WriteLine($"lofte: {fault}");
            }

            return ExitCode.WrongUse;
        }

        await using var open = await around.OpenDatabaseAsync(cancellationToken);
        await LofteSchema.AssertAsync(open.App, cancellationToken);
        await using var store = new PostgresEventStore(open.App, time: around.Time);
        var folder = new MasterKeyFolder(settings.MasterKeys);
        var forgetting = new SubjectForgetting(open.App, store, folder, around.Time);
        var epochs = new MasterKeyEpochs(open.App, folder, settings, around.Time);
        await epochs.OpenAsync(mayBegin: false, cancellationToken);
        return await work(
            new SubjectsAtHand(settings, forgetting, new SubjectRetention(open.App, forgetting, around.Time), epochs));
    }
}
