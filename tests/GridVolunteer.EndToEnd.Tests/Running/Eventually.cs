using System.Runtime.CompilerServices;

namespace GridVolunteer.EndToEnd.Tests.Running;

/// <summary>Waits for what other processes do, by looking again until a deadline.</summary>
public static class Eventually
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan DeadlineDefault = TimeSpan.FromSeconds(40);

    /// <summary>The first value that is not null.</summary>
    public static async Task<T> GetAsync<T>(
        Func<Task<T?>> look, TimeSpan? deadline =
            null, [CallerArgumentExpression(nameof(look))] string what = "")
        where T : class
    {
        using var limit = new CancellationTokenSource(deadline ?? DeadlineDefault);
        using var timer = new PeriodicTimer(LookEvery);
        try
        {
            while (true)
            {
                if (await look() is { } value)
                {
                    return value;
                }

                await timer.WaitForNextTickAsync(limit.Token);
            }
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException($"This did not happen in time: {what}", e);
        }
    }

    /// <summary>Waits until <paramref name="look"/> is true.</summary>
    public static Task TrueAsync(
        Func<Task<bool>> look, TimeSpan? deadline =
            null, [CallerArgumentExpression(nameof(look))] string what = "") =>
        GetAsync(async () => await look() ? "yes" : null, deadline, what);
}
