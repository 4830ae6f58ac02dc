using GridVolunteer.Coordination.Contracts;

namespace GridVolunteer.Cluster.Silos;

/// <summary>
/// Repeats calls that a silo swallowed. Every call of the contracts may be repeated, and while a silo dies and
/// its grains move, a repetition a moment later finds them in their new place. What does not come right within
/// <see cref="Patience"/> is told as <see cref="StorageUnavailableException"/>, as the contracts say.
/// </summary>
/// <param name="clock">The clock that patience goes by.</param>
internal sealed class PatientCalls(TimeProvider clock) : IOutgoingGrainCallFilter
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(400);

    /// <summary>How long a call is repeated. 4 s, in which a killed silo is noticed and replaced.</summary>
    public static TimeSpan Patience => TimeSpan.FromSeconds(4);

    /// <inheritdoc/>
    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        if (!IsContract(context))
        {
            await context.Invoke();
            return;
        }

        var began = clock.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await context.Invoke();
                return;
            }
            catch (Exception e) when (e is OrleansException or TimeoutException)
            {
                if (clock.GetElapsedTime(began) > Patience)
                {
                    throw new StorageUnavailableException(
                        "A silo of the cluster does not answer; others take its work over. Try again.", e);
                }
            }

            await Task.Delay(pause, clock, CancellationToken.None);
        }
    }

    private static bool IsContract(IOutgoingGrainCallContext context) =>
        context.InterfaceMethod?.DeclaringType?.Namespace is "GridVolunteer.Coordination.Contracts";
}
