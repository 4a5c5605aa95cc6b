using System.Globalization;

namespace LofteEvents.Cli.Publishing;

/// <summary>How far a file is, on stderr: one line that is written over on a terminal, a line now and then elsewhere.</summary>
internal sealed class Progress(Surroundings around, long? totalBytes)
{
    private const int BarWidth = 30;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);

    private readonly long began = around.Time.GetTimestamp();
    private long lastShown = around.Time.GetTimestamp();

    public void Show(long events, long bytes)
    {
        if (around.Time.GetElapsedTime(lastShown) < (around.ErrorIsTerminal ? BetweenLooks : BetweenLines))
        {
            return;
        }

        lastShown = around.Time.GetTimestamp();
        Write(events, bytes);
    }

    /// <summary>Shows the end and leaves the line.</summary>
    public void End(long events, long bytes)
    {
        if (around.ErrorIsTerminal)
        {
            Write(events, bytes);
            around.Error.WriteLine();
        }
    }

    private void Write(long events, long bytes)
    {
        var rate = events / Math.Max(0.001, around.Time.GetElapsedTime(began).TotalSeconds);
        var text = string.Create(CultureInfo.InvariantCulture, $"{Bar(bytes)}{events} events, {rate:0} a second");
        around.Error.Write(around.ErrorIsTerminal ? $"\r{text}  " : $"{text}\n");
    }

    private string Bar(long bytes)
    {
        if (totalBytes is not > 0)
        {
            return "";
        }

        var share = Math.Clamp((double)bytes / totalBytes.Value, 0, 1);
        var full = (int)(share * BarWidth);
        return string.Create(
            CultureInfo.InvariantCulture, $"[{new string('#', full)}{new string('.', BarWidth - full)}] {share * 100,3:0} %  ");
    }
}
