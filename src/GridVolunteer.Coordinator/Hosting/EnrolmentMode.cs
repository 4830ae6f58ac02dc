namespace GridVolunteer.Coordinator.Hosting;

/// <summary>Who may become a volunteer.</summary>
public enum EnrolmentMode
{
    /// <summary>Whoever has a key.</summary>
    Open,

    /// <summary>Whoever has a key and knows the enrolment token.</summary>
    Token,
}
