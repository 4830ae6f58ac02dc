namespace GridVolunteer.Coordination.Shards;

/// <summary>
/// How often a unit that fails is tried. Other volunteers may try at once; one that failed it may try again
/// after a back-off and when there is nothing else for it. So a unit that always fails ends after
/// <see cref="ShardPlan.FailuresMax"/> volunteers, or where there are fewer, after <see cref="AttemptsAmongFew"/>
/// attempts: about a minute on a single machine.
/// </summary>
public static class RetryRules
{
    /// <summary>
    /// Failures after which a unit has failed for good when everybody who computes for the shard at that time has failed it.
    /// Where somebody has not, one bad machine must not decide.
    /// </summary>
    public const int AttemptsAmongFew = 8;

    /// <summary>Failures after which a unit has failed for good, whoever had them: some ten minutes of one bad machine.</summary>
    public const int AttemptsMax = 40;

    /// <summary>Failures kept in a shard with their messages.</summary>
    public const int FailuresKeptMax = 1_000;

    /// <summary>Longer messages are cut, in characters.</summary>
    public const int MessageCharsMax = 2_000;

    /// <summary>The first back-off; it doubles with every attempt.</summary>
    public static readonly TimeSpan BackOffMin = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The longest back-off: seven waits of a single volunteer are 1 + 2 + 4 + 8 + 15 + 15 + 15 = 60 s.
    /// </summary>
    public static readonly TimeSpan BackOffMax = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long a volunteer that failed a unit is kept from it after the unit's <paramref name="attempts"/>th
    /// failure.
    /// </summary>
    public static TimeSpan BackOff(int attempts)
    {
        var doubled = BackOffMin * (1 << Math.Clamp(attempts - 1, 0, 20));
        return doubled < BackOffMax ? doubled : BackOffMax;
    }

    /// <summary>
    /// Volunteers that may work on a unit, failing it or disagreeing, before it fails for good for want of
    /// agreement.
    /// </summary>
    public static int VolunteersMax(ShardPlan plan) => plan.FailuresMax + plan.Quorum;

    /// <summary>
    /// A message of at most <see cref="MessageCharsMax"/> characters; a surrogate pair is not cut in two.
    /// </summary>
    public static string Cut(string message)
    {
        if (message.Length <= MessageCharsMax)
        {
            return message;
        }

        var isPairCut = char.IsHighSurrogate(message[MessageCharsMax - 1]);
        return message[..(isPairCut ? MessageCharsMax - 1 : MessageCharsMax)];
    }
}
