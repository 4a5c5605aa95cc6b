using System.Runtime.InteropServices;
using LofteEvents.Cli;

// Ctrl-C and a polite kill end a command cleanly: what runs is cancelled, and the process answers 130.
using var stop = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return await LofteCli.RunAsync(args, Surroundings.OfProcess(), stop.Token);

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
