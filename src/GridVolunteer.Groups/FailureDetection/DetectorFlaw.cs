namespace GridVolunteer.Groups.FailureDetection;

/// <summary>
/// Known mistakes, made on purpose so that the simulator can show that its checkers notice each. Never set
/// elsewhere.
/// </summary>
internal enum DetectorFlaw
{
    None,

    /// <summary>A claim counts whatever life it is about.</summary>
    OldIncarnationWins,

    /// <summary>The dead are not tried again, and not compared with anybody.</summary>
    ForgetsTheDead,

    /// <summary>A goodbye is reported as a failure.</summary>
    GoodbyeIsFailure,

    /// <summary>A probe whose send fails on this machine is given up without suspecting anybody.</summary>
    IgnoresSendFailures,

    /// <summary>Nobody else is asked, and nobody refutes.</summary>
    NoSecondOpinion,
}
