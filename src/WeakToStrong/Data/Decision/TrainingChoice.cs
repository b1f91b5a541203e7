namespace WeakToStrong.Data.Decision;

/// <summary>What an engineer with few true labels, many rows without, and a weak model can train.</summary>
public enum TrainingChoice
{
    /// <summary>Nothing more: use the weak model, trained on the true labels, or whatever gave the weak labels.</summary>
    Teacher,

    /// <summary>The strong features on the few true labels alone.</summary>
    Direct,

    /// <summary>The strong features on the teacher's labels of the other rows.</summary>
    Student,

    /// <summary>The strong features on both, a true label counting for more or less than a weak one.</summary>
    Mixture,

    /// <summary>The strong features on true labels of all rows: out of reach, and what the others are measured against.</summary>
    Ceiling,
}
