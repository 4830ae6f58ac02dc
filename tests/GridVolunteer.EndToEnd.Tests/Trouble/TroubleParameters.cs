using System.ComponentModel;

namespace GridVolunteer.EndToEnd.Trouble;

/// <summary>What goes wrong, and where.</summary>
public sealed record TroubleParameters(
    [property: Description("fine, throw, hang, large, die, or plot.")] string Mode = "fine",
    [property: Description("Units.")] long Units = 6,
    [property: Description("The unit in which it goes wrong; -1 for all.")] long Bad = 0,
    [property: Description("How long a unit takes, in milliseconds.")] int Milliseconds = 0);
