using System.Runtime.CompilerServices;
using GridVolunteer.Cli.Presentation;
using GridVolunteer.Protocol.Client;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Cli.Watching;

/// <summary>
/// Follows a job to its end. Events only say when to look again; what is shown is always the job itself, so
/// that a lost event never leaves a wrong picture. A coordinator that goes away is waited for, once it has
/// answered.
/// </summary>
/// <param name="client">The coordinator.</param>
/// <param name="clock">The clock.</param>
public sealed class JobWatch(CoordinatorClient client, TimeProvider clock)
{
    private static readonly TimeSpan LookAtLeastEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookAtMostEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>Hears once when the coordinator goes away, and again after it was back.</summary>
    public Action<string>? OnAway { get; init; }

    /// <summary>The job as it is now, then each time it has changed, last as it ended.</summary>
    /// <param name="id">The job.</param>
    /// <param name="cancellation">Ends the watching; the job goes on.</param>
    public async IAsyncEnumerable<JobView> FollowAsync(
        JobId id, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var job = await client.JobAsync(id, cancellation);
        yield return job;
        using var bell = new SemaphoreSlim(0, 1);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var listening = ListenAsync(id, bell, ended.Token);
        try
        {
            while (!job.State.IsOver())
            {
                await Task.Delay(LookAtMostEvery, clock, cancellation);
                await bell.WaitAsync(LookAtLeastEvery, cancellation);
                var now = await LookAsync(id, cancellation);
                if (now != job)
                {
                    job = now;
                    yield return job;
                }
            }
        }
        finally
        {
            await ended.CancelAsync();
            await listening;
        }
    }

    private async Task<JobView> LookAsync(JobId id, CancellationToken cancellation)
    {
        var told = false;
        while (true)
        {
            try
            {
                return await client.JobAsync(id, cancellation);
            }
            catch (CoordinatorUnreachableException e)
            {
                Tell(e.Message);
            }
            catch (CoordinatorProblemException e) when (e.IsTransient)
            {
                Tell(e.Message);
            }

            await Task.Delay(LookAtLeastEvery, clock, cancellation);
        }

        void Tell(string message)
        {
            if (!told)
            {
                told = true;
                OnAway?.Invoke($"{message} Waiting for it; the job itself is safe.");
            }
        }
    }

    private async Task ListenAsync(JobId id, SemaphoreSlim bell, CancellationToken cancellation)
    {
        try
        {
            await foreach (var _ in client.EventsAsync(id, cancellationToken: cancellation))
            {
                if (bell.CurrentCount == 0)
                {
                    bell.Release();
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The job ended, or nobody watches any more.
        }
        catch (Exception e) when (e is CoordinatorUnreachableException or CoordinatorProblemException)
        {
            // Without events the watch goes on by looking every two seconds.
        }
    }
}
