namespace GridVolunteer.Workloads.OptionPricing.Portfolios;

/// <summary>What a value of a JSON text is.</summary>
internal enum JsonNodeKind
{
    /// <summary><c>null</c>.</summary>
    Nothing,

    /// <summary>A text, number, <c>true</c> or <c>false</c>.</summary>
    Scalar,

    /// <summary>Values in brackets.</summary>
    List,

    /// <summary>Named values in braces.</summary>
    Object,
}
