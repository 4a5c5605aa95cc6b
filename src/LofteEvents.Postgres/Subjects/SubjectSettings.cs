using System.Globalization;
using LofteEvents.Subjects;

namespace LofteEvents.Postgres.Subjects;

/// <summary>What an operator may set of sealing and forgetting.</summary>
/// <param name="MasterKeys"><c>Lofte__MasterKeys</c>: the folder of the master keys; by default <c>master-keys</c> in
/// <c>Lofte__Data</c>.</param>
/// <param name="BackupWindow"><c>Lofte__BackupDays</c>: how long the oldest backup of the database is kept. An epoch's master
/// key is destroyed so long after the last key was rewrapped.</param>
/// <param name="EpochLength"><c>Lofte__EpochDays</c>: a new epoch begins when the newest is so old and a person was forgotten
/// in it.</param>
/// <param name="Retention"><c>Lofte__Retention</c>: the file of the retention classes; null where nobody is forgotten by
/// time.</param>
public sealed record SubjectSettings(string MasterKeys, TimeSpan BackupWindow, TimeSpan EpochLength, Retention? Retention)
{
    private const int DefaultBackupDays = 35;
    private const int DefaultEpochDays = 30;
    private const int MostDays = 3650;

    /// <summary>The longest time between forgetting a person and the day when no backup can tell of them any more.</summary>
    public TimeSpan LongestInBackups => EpochLength + BackupWindow;

    /// <param name="setting">Looks a setting up by its configuration key, such as <c>Lofte:BackupDays</c>.</param>
    /// <param name="faults">Everything that is wrong, in whole sentences.</param>
    public static SubjectSettings Read(Func<string, string?> setting, string dataFolder, out IReadOnlyList<string> faults)
    {
        ArgumentNullException.ThrowIfNull(setting);
        var found = new List<string>();
        var folder = setting("Lofte:MasterKeys");
        var read = new SubjectSettings(
            string.IsNullOrWhiteSpace(folder) ? Path.Combine(dataFolder, "master-keys") : folder.Trim(),
            Days("BackupDays", DefaultBackupDays),
            Days("EpochDays", DefaultEpochDays),
            ReadRetention(setting("Lofte:Retention"), found));
        faults = found;
        return read;

        TimeSpan Days(string name, int byDefault)
        {
            var text = setting("Lofte:" + name);
            if (string.IsNullOrWhiteSpace(text))
            {
                return TimeSpan.FromDays(byDefault);
            }

            if (int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var days)
                && days is > 0 and <= MostDays)
            {
                return TimeSpan.FromDays(days);
            }

            found.Add($"Lofte__{name} is '{text}'. Set it to a whole number of days from 1 to {MostDays}.");
            return TimeSpan.FromDays(byDefault);
        }
    }

    private static Retention? ReadRetention(string? path, List<string> faults)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            return null;
        }

        try
        {
            if (LofteEvents.Subjects.Retention.TryParse(File.ReadAllBytes(path.Trim()), out var rules, out var fault))
            {
                return rules;
            }

            faults.Add($"Lofte__Retention names {path}, which cannot be used. {fault}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            faults.Add($"Lofte__Retention names {path}, which cannot be read ({fault.Message}).");
        }

        return null;
    }
}
