using System.Diagnostics.CodeAnalysis;

namespace LofteEvents.Tests;

/// <summary>
/// Waiting in tests: for a condition, with a deadline far above what a slow machine needs, and never for a length of time.
/// </summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(10);

    /// <param name="what">The condition in words, for the failure.</param>
    public static async Task BecomesAsync(
        string what, Func<CancellationToken, Task<bool>> condition, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Deadline);
        using var looks = new PeriodicTimer(BetweenLooks);
        try
        {
            while (!await condition(deadline.Token))
            {
                await looks.WaitForNextTickAsync(deadline.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Fail(what);
        }
    }

    public static Task BecomesAsync(string what, Func<bool> condition, CancellationToken cancellationToken) =>
        BecomesAsync(what, _ => Task.FromResult(condition()), cancellationToken);

    [DoesNotReturn]
    private static void Fail(string what) => Assert.Fail($"After {Deadline.TotalSeconds} s still not so: {what}.");
}
