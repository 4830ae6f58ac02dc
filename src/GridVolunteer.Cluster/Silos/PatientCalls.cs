using GridVolunteer.Coordination.Contracts;

namespace GridVolunteer.Cluster.Silos;

/// <summary>
/// Repeats calls that a silo swallowed, and those that reached an activation which was none any more. Every call of the
/// contracts may be repeated, and while a silo dies or leaves and its grains move, a repetition a moment later finds
/// them in their new place. What does not come right within <see cref="Patience"/> is told as
/// <see cref="StorageUnavailableException"/>, as the contracts say.
/// </summary>
/// <remarks>
/// <para>Orleans gives up a message that found no place in time by an <see cref="OperationCanceledException"/>, though
/// nobody cancelled anything: what tells it from a caller that did is the caller's token.</para>
/// <para>Not as a filter of outgoing calls: Orleans clears a request when its call has failed, so to invoke it again
/// would send it without its arguments. Each repetition is a call of its own.</para>
/// </remarks>
/// <param name="clock">The clock that patience goes by.</param>
/// <param name="counts">Counts the calls.</param>
internal sealed class PatientCalls(TimeProvider clock, CallCounts counts)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(400);

    /// <summary>How long a call is repeated. 4 s, in which a killed silo is noticed and replaced.</summary>
    public static TimeSpan Patience => TimeSpan.FromSeconds(4);

    /// <summary>Calls a grain until it answers, patience ends, or the caller cancels.</summary>
    /// <exception cref="StorageUnavailableException">Patience ended, or the grain says so.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async ValueTask<TReply> CallAsync<TGrain, TArgument, TReply>(
        TGrain grain, TArgument argument, Func<TGrain, TArgument, CancellationToken, ValueTask<TReply>> call,
        CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                counts.OnCall<TGrain>();
                return await call(grain, argument, cancellationToken);
            }
            catch (EntityMovedException) when (clock.GetElapsedTime(began) <= Patience)
            {
                // Recovered by asking again: it is somewhere, and the one that was asked lets go.
            }
            catch (Exception e) when (e is OrleansException or TimeoutException
                || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                if (clock.GetElapsedTime(began) > Patience)
                {
                    throw new StorageUnavailableException(
                        "A silo of the cluster does not answer; others take its work over. Try again.", e);
                }
            }

            await Task.Delay(pause, clock, cancellationToken);
        }
    }

    /// <summary>As the other one, for calls without an answer.</summary>
    /// <inheritdoc cref="CallAsync{TGrain, TArgument, TReply}" path="/exception"/>
    public async ValueTask CallAsync<TGrain, TArgument>(
        TGrain grain, TArgument argument, Func<TGrain, TArgument, CancellationToken, ValueTask> call,
        CancellationToken cancellationToken) => await CallAsync(
        grain, (argument, call), static async (grain, told, token) =>
        {
            await told.call(grain, told.argument, token);
            return true;
        },
        cancellationToken);
}
