package authz

import "testing"

// Sales and service record a withdrawal and never a grant alone (M19).
func TestWhoMay(t *testing.T) {
	for _, tt := range []struct {
		job  Job
		act  Act
		want bool
	}{
		{Sales, ActWithdraw, true}, {Sales, ActRecord, true}, {Sales, ActConfirm, false}, {Sales, ActApprove, false},
		{Marketer, ActWithdraw, true}, {Marketer, ActConfirm, false}, {Marketer, ActKeep, false},
		{Legal, ActConfirm, true}, {Legal, ActApprove, true}, {Legal, ActKeep, false},
		{Keeper, ActKeep, true}, {Keeper, ActConfirm, false}, {Keeper, ActWithdraw, true}, {Keeper, ActSign, false},
		{PR, ActSign, true}, {"", ActWithdraw, false}, {"owner", ActWithdraw, false},
	} {
		if got := (User{Jobs: []Job{tt.job}}).May(tt.act); got != tt.want {
			t.Errorf("%s may %s: %v, want %v", tt.job, tt.act, got, tt.want)
		}
	}
	if (User{}).May(ActWithdraw) || (User{Jobs: Jobs}).May("fly") {
		t.Error("somebody without a job, or an unknown act, is allowed")
	}
	if !(User{Jobs: []Job{Keeper, Legal}}).May(ActConfirm) {
		t.Error("two jobs do not add up")
	}
}
