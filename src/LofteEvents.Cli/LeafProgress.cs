using System.Globalization;

namespace LofteEvents.Cli;

/// <summary>Says on a terminal how far a command is that goes through the whole log.</summary>
internal sealed class LeafProgress(Surroundings around, string done) : IProgress<long>
{
    private bool _said;

    public void Report(long value)
    {
        if (around.ErrorIsTerminal)
        {
            _said = true;
            around.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{value} {done}  "));
        }
    }

    /// <summary>Leaves the line.</summary>
    public void End()
    {
        if (_said)
        {
            around.Error.WriteLine();
        }
    }
}
