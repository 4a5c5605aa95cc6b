using FsCheck;
using FsCheck.Fluent;

namespace LofteEvents.Tests.Log;

/// <summary>Random values for the laws of the log, and the one way in which a law is tried.</summary>
internal static class Laws
{
    public static Gen<(ulong Index, ulong Size)> IndexAndSize { get; } =
        from bits in Gen.Choose(0, 63)
        from size in ULong
        from index in ULong
        let bounded = Math.Max(1, size >> bits)
        select (index % bounded, bounded);

    public static Gen<ulong> ULong { get; } = ArbMap.Default.GeneratorFor<ulong>();

    public static void Hold<T>(Gen<T> values, Func<T, bool> law) =>
        Prop.ForAll(values.ToArbitrary(), law).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true));
}
