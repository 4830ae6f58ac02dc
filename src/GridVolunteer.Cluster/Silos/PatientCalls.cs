using GridVolunteer.Coordination.Contracts;

namespace GridVolunteer.Cluster.Silos;

/// <summary>
/// Repeats calls that a silo swallowed. Every call of the contracts may be repeated, and while a silo dies and
/// its grains move, a repetition a moment later finds them in their new place. What does not come right within
/// <see cref="Patience"/> is told as <see cref="StorageUnavailableException"/>, as the contracts say.
/// </summary>
/// <remarks>
/// Not as a filter of outgoing calls: Orleans clears a request when its call has failed, so to invoke it again
/// would send it without its arguments. Each repetition is a call of its own.
/// </remarks>
/// <param name="clock">The clock that patience goes by.</param>
/// <param name="counts">Counts the calls.</param>
internal sealed class PatientCalls(TimeProvider clock, CallCounts counts)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(400);

    /// <summary>How long a call is repeated. 4 s, in which a killed silo is noticed and replaced.</summary>
    public static TimeSpan Patience => TimeSpan.FromSeconds(4);

    /// <summary>Calls a grain until it answers or patience ends.</summary>
    /// <exception cref="StorageUnavailableException">Patience ended, or the grain says so.</exception>
    public async ValueTask<TReply> CallAsync<TGrain, TArgument, TReply>(
        TGrain grain, TArgument argument, Func<TGrain, TArgument, ValueTask<TReply>> call)
    {
        var began = clock.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                counts.OnCall<TGrain>();
                return await call(grain, argument);
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

    /// <summary>As the other one, for calls without an answer.</summary>
    /// <inheritdoc cref="CallAsync{TGrain, TArgument, TReply}" path="/exception"/>
    public async ValueTask CallAsync<TGrain, TArgument>(
        TGrain grain, TArgument argument, Func<TGrain, TArgument, ValueTask> call) => await CallAsync(
        grain, (argument, call), static async (grain, told) =>
        {
            await told.call(grain, told.argument);
            return true;
        });
}
