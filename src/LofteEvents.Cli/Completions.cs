using System.CommandLine;

namespace LofteEvents.Cli;

/// <summary>
/// <c>lofte completions SHELL</c>: what makes a shell complete <c>lofte</c>; the program itself knows the words.
/// </summary>
internal static class Completions
{
    private const string Bash = """
        _lofte() {
          local IFS=$'\n'
          COMPREPLY=($(compgen -W "$(lofte "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _lofte lofte
        """;

    private const string Zsh = """
        #compdef lofte
        _lofte() {
          local -a words_found
          words_found=("${(@f)$(lofte "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
          compadd -- ${words_found:#} || _files
        }
        compdef _lofte lofte
        """;

    private const string Fish = """
        function __lofte_complete
          set -l line (commandline -cp)
          lofte "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c lofte -a '(__lofte_complete)'
        """;

    public static Command Command(Surroundings around)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command("completions", "Write the script that makes a shell complete lofte.") { shell };
        command.SetAction(parsed =>
        {
            around.Output.WriteLine(parsed.GetRequiredValue(shell) switch
            {
                "bash" => Bash,
                "zsh" => Zsh,
                _ => Fish,
            });
            return ExitCode.Done;
        });
        return command.WithExamples(
            "source <(lofte completions bash)",
            "source <(lofte completions zsh)",
            "lofte completions fish > ~/.config/fish/completions/lofte.fish");
    }
}
